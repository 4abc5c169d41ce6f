import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import type { FailureKind } from '../comparison/earlierQuery'

/** What a run is first asked about: a scene that did not succeed, and how it ended. */
export interface RunFailure {
  readonly scene: HistoricalSceneMetrics
  readonly kind: FailureKind
  /** `attempt 2 of 2`; absent where its attempts are not known. */
  readonly attempt?: string
  /** What was free at the least while it ran, bytes. */
  readonly vramFreeMin?: number
}

/** The scenes that failed or timed out, in the order of the run. */
export const failuresOf = ({ scenes }: HistoricalRun): readonly RunFailure[] =>
  scenes.filter(({ status }) => status === 'failed' || status === 'timeout').map(failureOf)

function failureOf(scene: HistoricalSceneMetrics): RunFailure {
  const last = scene.attemptLog?.at(-1)
  const vramFreeMin = last?.gpu?.vramFreeMin ?? scene.gpuVramFreeMin
  return {
    scene,
    kind: { reason: scene.exitReason ?? 'unknown', error: scene.error },
    ...(last ? { attempt: `attempt ${last.attempt} of ${scene.attempts}` } : {}),
    ...(vramFreeMin === undefined ? {} : { vramFreeMin }),
  }
}
