import type { HistoricalRun, HistoricalSceneMetrics, QueuePolicy } from '../../types'
import { describePolicy } from '../format/describePolicy'

/** One thing that runs ran with: a value for each run, undefined where it is not known. */
export interface EnvironmentRow {
  readonly label: string
  readonly values: readonly (string | undefined)[]
  /** Whether two runs that both know it have different values. */
  readonly differs: boolean
}

/** What runs ran with, a row each; what no run knows has no row. */
export function environmentRows(runs: readonly HistoricalRun[]): readonly EnvironmentRow[] {
  return FIELDS.flatMap(([label, read]) => {
    const values = runs.map((run) => read(run))
    const known = new Set(values.flatMap((value) => value ?? []))
    return known.size === 0 ? [] : [{ label, values, differs: known.size > 1 }]
  })
}

type Scene = HistoricalSceneMetrics

const FIELDS: readonly (readonly [string, (run: HistoricalRun) => string | undefined])[] = [
  ['GPU', each((scene) => scene.gpuName ?? scene.environment?.gpuName)],
  ['Driver', each(({ environment }) => environment?.gpuDriver)],
  ['ComfyUI', each(({ environment }) => environment?.comfyVersion)],
  ['PyTorch', each(({ environment }) => environment?.torchVersion)],
  ['Models', each(({ environment }) => listed(environment?.models))],
  ['Workflow', each(({ environment }) => environment?.workflowHash?.slice(0, 8))],
  ['Size', each(({ environment: e }) => (e?.width && e.height ? `${e.width}×${e.height}` : undefined))],
  ['Frames', each(({ environment }) => numbered(environment?.frames))],
  ['Steps', each(({ environment }) => numbered(environment?.steps))],
  ['Batch', each(({ environment }) => numbered(environment?.batch))],
  ['First after a start', (run) => counted(run, ({ cold }) => cold)],
  ['Policy', ({ policy }) => policy && policyText(policy)],
]

/** The values of a run's scenes, each once. */
function each(read: (scene: Scene) => string | undefined): (run: HistoricalRun) => string | undefined {
  return ({ scenes }) => {
    const values = [...new Set(scenes.flatMap((scene) => read(scene) ?? []))].sort()
    return values.length === 0 ? undefined : values.join(', ')
  }
}

function counted({ scenes }: HistoricalRun, read: (scene: Scene) => boolean | undefined): string | undefined {
  const known = scenes.flatMap((scene) => read(scene) ?? [])
  if (known.length === 0) return undefined
  return `${known.filter(Boolean).length} of ${known.length} scenes`
}

const numbered = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value)
const listed = (values: readonly string[] | undefined): string | undefined =>
  values && values.length > 0 ? values.map(nameOf).join(' + ') : undefined
/** Folders of a model's path tell nothing apart that its name doesn't. */
const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path
const policyText = (policy: QueuePolicy): string =>
  describePolicy(policy)
    .map(({ label, value }) => `${label.toLowerCase()} ${value}`)
    .join(', ')
