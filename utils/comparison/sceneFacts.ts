import { sizeOf } from '../../services/filter/fieldValues'
import type { FieldValue } from '../../services/telemetryFilterService'
import type { HistoricalSceneMetrics, RunEnvironment } from '../../types'

/** Something that a scene ran with. */
export interface FactValue {
  /** As people read it. */
  readonly text: string
  /** All of it, where the text is a part. */
  readonly whole?: string
  /** What finds the runs with it, where a filter can. */
  readonly filter?: FieldValue
}
/** A kind of thing that scenes run with. A scene of which it isn't known tells none. */
export interface SceneFact {
  readonly label: string
  readonly read: (scene: HistoricalSceneMetrics) => readonly FactValue[]
}

/** What a scene's last attempt ran on. */
export const MACHINE_FACTS: readonly SceneFact[] = [
  { label: 'GPU', read: gpuOf },
  { label: 'Driver', read: told(({ gpuDriver }) => gpuDriver) },
  { label: 'ComfyUI', read: told(({ comfyVersion }) => comfyVersion) },
  { label: 'PyTorch', read: told(({ torchVersion }) => torchVersion) },
]

/** What its graph says. */
export const GRAPH_FACTS: readonly SceneFact[] = [
  { label: 'Models', read: ({ environment }) => (environment?.models ?? []).map(modelValue) },
  { label: 'Workflow', read: ({ environment }) => workflowValue(environment?.workflowHash) },
  { label: 'Size', read: ({ environment = {} }) => sizeValue(environment) },
  { label: 'Frames', read: told(({ frames }) => frames) },
  { label: 'Steps', read: told(({ steps }) => steps, 'steps') },
  { label: 'Batch', read: told(({ batch }) => batch) },
]

/** A filter's GPU is the scene's own; what only its environment names is found by none. */
function gpuOf({ gpuName, environment }: HistoricalSceneMetrics): readonly FactValue[] {
  if (gpuName) return [{ text: gpuName, filter: { field: 'gpu', value: gpuName } }]
  return environment?.gpuName ? [{ text: environment.gpuName }] : []
}

function told(
  read: (environment: RunEnvironment) => string | number | undefined,
  field?: FieldValue['field'],
): SceneFact['read'] {
  return ({ environment = {} }) => {
    const value = read(environment)
    if (value === undefined || value === '') return []
    const text = String(value)
    return [{ text, ...(field ? { filter: { field, value: text } } : {}) }]
  }
}

/** Folders of a model's path tell nothing apart that its name doesn't. */
const modelValue = (path: string): FactValue => ({
  text: path.split(/[\\/]/).at(-1) ?? path,
  whole: path,
  filter: { field: 'model', value: path },
})

const workflowValue = (hash = ''): readonly FactValue[] =>
  hash === '' ? [] : [{ text: hash.slice(0, 8), whole: hash, filter: { field: 'workflow', value: hash } }]

function sizeValue({ width, height }: RunEnvironment): readonly FactValue[] {
  const value = width && height ? sizeOf(width, height) : undefined
  return value === undefined ? [] : [{ text: `${width}×${height}`, filter: { field: 'size', value } }]
}
