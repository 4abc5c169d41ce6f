import type { HistoricalRun, RealtimeTelemetryUpdate } from '../../types'
import { definedMembers } from '../shared/definedMembers'

/** The last word on every ended scene of a run that goes on, from the history: what a page that just opened was never sent. */
export function savedUpdates(run: HistoricalRun): readonly RealtimeTelemetryUpdate[] {
  const { runId, runName, storyId, sceneCount, policy, tags } = run
  const head = definedMembers({ runName, storyId, sceneCount, policy, tags })
  return run.scenes.flatMap(({ sceneId, attemptLog }) => {
    const last = attemptLog?.at(-1)
    if (last?.endedAt === undefined) return []
    const { exitReason, source, promptId, attempt, duration, queueWait, error, nodeTimes } = last
    const { environment, cached, cold, gpu, outputs, gpuIndex } = last
    return {
      ...head,
      ...definedMembers({ source, promptId, duration, queueWait, error, nodeTimes }),
      ...definedMembers({ environment, cached, cold, gpu, outputs, gpuIndex }),
      runId,
      sceneId,
      attempt,
      attempts: attempt,
      timestamp: last.endedAt,
      status: exitReason === 'success' ? ('completed' as const) : ('failed' as const),
      exitReason,
    }
  })
}
