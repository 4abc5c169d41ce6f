import type { HistoricalRun, HistoricalSceneMetrics, QueuePolicy } from '../../types'
import { describePolicy, type PolicyLine } from '../format/describePolicy'
import { count, whole } from '../format/formatCount'
import { GRAPH_FACTS, MACHINE_FACTS, type SceneFact } from './sceneFacts'

/** One thing that runs ran with: a value for each run, undefined where it is not known. */
export interface EnvironmentRow {
  readonly label: string
  readonly values: readonly (string | undefined)[]
  /** Whether two runs that both know it have different values. */
  readonly differs: boolean
}

/** Names servers by their source. */
export type ServerNames = ReadonlyMap<string, string>

/** What runs ran on and with, a row each; what no run knows has no row. */
export function environmentRows(
  runs: readonly HistoricalRun[],
  servers: ServerNames,
): readonly EnvironmentRow[] {
  const server: Field = ['Server', ({ source }) => servers.get(source ?? '')]
  return [server, ...FIELDS, ...policyFields(runs)].flatMap(([label, read]) => {
    const values = runs.map((run) => read(run))
    const known = new Set(values.flatMap((value) => value ?? []))
    return known.size === 0 ? [] : [{ label, values, differs: known.size > 1 }]
  })
}

/** The same of one run beside earlier ones, theirs summed up; it differs where none of them had what it has. */
export const usualRows = (
  run: HistoricalRun,
  earlier: readonly HistoricalRun[],
  servers: ServerNames,
): readonly EnvironmentRow[] =>
  environmentRows([run, ...earlier], servers).map(({ label, values }) => {
    const [now, ...before] = values
    return { label, values: [now, tallied(before)], differs: isNew(values) }
  })

/** Whether the first of these values is known, and none of the others that are known is it. */
export const isNew = ([now, ...before]: EnvironmentRow['values']): boolean =>
  now !== undefined && !before.includes(now) && before.some((value) => value !== undefined)

type Scene = HistoricalSceneMetrics
type Field = readonly [string, (run: HistoricalRun) => string | undefined]

const FIELDS: readonly Field[] = [
  ...[...MACHINE_FACTS, ...GRAPH_FACTS].map(({ label, read }): Field => [label, each(read)]),
  ['First after a start', (run) => counted(run, ({ cold }) => cold)],
]

/** A row for each setting that one of these policies has; in another it is off. */
function policyFields(runs: readonly HistoricalRun[]): readonly Field[] {
  const labels = new Set(runs.flatMap(({ policy }) => linesOf(policy).map(({ label }) => label)))
  return [...labels].map((label) => [
    label,
    ({ policy }) => policy && (linesOf(policy).find((line) => line.label === label)?.value ?? 'none'),
  ])
}

const linesOf = (policy: QueuePolicy | undefined): readonly PolicyLine[] =>
  policy ? describePolicy(policy) : []

/** `8 m 00 s (31), 20 m 00 s (19)`: what occurs, most often first; without counts where it is one value. */
function tallied(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  const sorted = [...counts].sort(([, a], [, b]) => b - a)
  const [only] = sorted
  if (only && sorted.length === 1) return only[0]
  const more = sorted.length - MAX_TALLIED
  const named = sorted.slice(0, MAX_TALLIED).map(([value, n]) => `${value} (${whole(n)})`)
  return [...named, ...(more > 0 ? [count(more, 'other')] : [])].join(', ') || undefined
}

/** So many values fit a cell; more are counted. */
const MAX_TALLIED = 3

/** The values of a run's scenes, each once. */
function each(read: SceneFact['read']): (run: HistoricalRun) => string | undefined {
  return ({ scenes }) => {
    const values = scenes.map((scene) =>
      read(scene)
        .map(({ text }) => text)
        .join(' + '),
    )
    return [...new Set(values.filter(Boolean))].sort().join(', ') || undefined
  }
}

function counted({ scenes }: HistoricalRun, read: (scene: Scene) => boolean | undefined): string | undefined {
  const known = scenes.flatMap((scene) => read(scene) ?? [])
  if (known.length === 0) return undefined
  const of = known.filter(Boolean).length
  return of === 0 ? 'none' : `${of} of ${count(known.length, 'scene')}`
}
