import type { GpuTrace, HistoricalRun } from '../../types'

/** The keys of a run's attempts, as traces name them. An attempt that doesn't say its source is of its run's. */
export function attemptKeysOf(run: HistoricalRun): readonly string[] {
  return run.scenes.flatMap((scene) =>
    [scene, ...(scene.attemptLog ?? [])].flatMap(({ source = scene.source ?? run.source, promptId }) =>
      source === undefined || promptId === undefined ? [] : keyOf(source, promptId),
    ),
  )
}

/** The key of the attempt that a trace is of; of none, if it names none. */
export const traceKey = ({ source, promptId = '' }: GpuTrace): string => keyOf(source, promptId)

const keyOf = (source: string, promptId: string): string => `${source}\u0000${promptId}`
