import type { FilterExpression, HistoricalRun, TelemetryFilter } from '../../types'

/** Runs before one that used what it did, as a filter and in words. */
export interface EarlierLike {
  readonly filter: TelemetryFilter
  /** `Earlier runs with its workflow and GPU` */
  readonly words: string
}

/** By its workflows and GPUs, as far as they are known: what a policy does depends on both. */
export function earlierLike({ timestamp, scenes }: HistoricalRun): EarlierLike {
  const gpus = unique(scenes.map(({ gpuName }) => gpuName))
  const workflows = unique(scenes.map(({ environment }) => environment?.workflowHash))
  const expression: FilterExpression = {
    or: workflows.map((value) => ({ field: 'workflow', op: 'is', value })),
  }
  const shared = [...(workflows.length > 0 ? ['workflow'] : []), ...(gpus.length > 0 ? ['GPU'] : [])]
  return {
    filter: {
      dateRange: { to: timestamp },
      ...(gpus.length > 0 ? { gpuModel: gpus } : {}),
      ...(workflows.length > 0 ? { expression } : {}),
    },
    words: shared.length === 0 ? 'Earlier runs' : `Earlier runs with its ${shared.join(' and ')}`,
  }
}

const unique = (values: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(values.flatMap((value) => value ?? [])),
]
