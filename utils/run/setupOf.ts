import { valueOfGroup } from '../../services/telemetryFilterService'
import type { HistoricalRun, QueuePolicy } from '../../types'
import { GRAPH_FACTS, MACHINE_FACTS, type FactValue, type SceneFact } from '../comparison/sceneFacts'
import { describePolicy } from '../format/describePolicy'
import { shortName } from '../format/shortName'

/** A value, and how many of a run's scenes had it. */
export interface SetupValue extends FactValue {
  readonly scenes: number
}
/** One thing that a run's scenes ran with. */
export interface SetupRow {
  readonly label: string
  /** Most often first, at most 20. */
  readonly values: readonly SetupValue[]
  /** How many values there are besides. */
  readonly others: number
  /** Whether some scenes tell nothing of it. */
  readonly isPartial: boolean
}
/** What a run ran with, by the last attempts of its scenes. */
export interface RunSetup {
  readonly rows: readonly SetupRow[]
  /** What no scene tells of. */
  readonly missing: readonly string[]
  /** Whether no scene tells anything of its graph and its machine. */
  readonly isBare: boolean
  readonly scenes: number
}

/** What is recorded of what a run ran with: its graph, its machine, its server, its policy. `servers`: their names by source. */
export function setupOf(
  { scenes, source, policy }: HistoricalRun,
  servers?: ReadonlyMap<string, string>,
): RunSetup {
  const told = [...GRAPH_FACTS, ...MACHINE_FACTS].map((fact) => rowOf(fact, scenes))
  const all = [
    ...told,
    ...[COLD, serverOf(source, servers), policyOf(policy)].map((fact) => rowOf(fact, scenes)),
  ]
  return {
    rows: all.filter(isKnown),
    missing: all.filter((row) => !isKnown(row)).map(({ label }) => label),
    isBare: !told.some(isKnown),
    scenes: scenes.length,
  }
}

const isKnown = ({ values }: SetupRow): boolean => values.length > 0

const COLD: SceneFact = {
  label: 'First after a start',
  read: ({ cold }) =>
    cold === undefined ? [] : [{ text: cold ? 'yes' : 'no', filter: { field: 'cold', value: String(cold) } }],
}

/** A filter's server is the run's; another one that a scene ran on is found by none. */
const serverOf = (ofRun: string | undefined, servers?: ReadonlyMap<string, string>): SceneFact => ({
  label: 'Server',
  read: ({ source = ofRun }) => {
    if (!source) return []
    const value = { text: servers?.get(source) ?? shortName(source), whole: source }
    return [source === ofRun ? { ...value, filter: { field: 'source', value: source } } : value]
  },
})

function policyOf(policy: QueuePolicy | undefined): SceneFact {
  const text = describePolicy(policy ?? {})
    .map(({ label, value }) => `${label} ${value}`)
    .join(', ')
  const filter = policy && valueOfGroup('policy', JSON.stringify(policy))
  return { label: 'Policy', read: () => (text === '' ? [] : [{ text, ...(filter ? { filter } : {}) }]) }
}

/** More values are counted. */
const MAX_VALUES = 20

function rowOf({ label, read }: SceneFact, scenes: HistoricalRun['scenes']): SetupRow {
  const found = new Map<string, SetupValue>()
  let telling = 0
  for (const scene of scenes) {
    const values = new Map(read(scene).map((value) => [value.whole ?? value.text, value]))
    if (values.size > 0) telling++
    for (const [key, value] of values) {
      const known = found.get(key)
      found.set(key, { ...known, ...value, scenes: (known?.scenes ?? 0) + 1 })
    }
  }
  const values = [...found.values()].sort((a, b) => b.scenes - a.scenes)
  return {
    label,
    values: toldApart(values.slice(0, MAX_VALUES)),
    others: Math.max(0, values.length - MAX_VALUES),
    isPartial: telling > 0 && telling < scenes.length,
  }
}

/** Where two have the same text, all of each is shown. */
function toldApart(values: readonly SetupValue[]): readonly SetupValue[] {
  const counts = new Map<string, number>()
  for (const { text } of values) counts.set(text, (counts.get(text) ?? 0) + 1)
  return values.map((value) =>
    (counts.get(value.text) ?? 0) > 1 ? { ...value, text: value.whole ?? value.text } : value,
  )
}
