import { runEnd, type RunEnd } from '../../services/recorder/runEnd'
import type {
  Connection,
  HistoricalSceneMetrics,
  LiveRun,
  LiveState,
  RealtimeTelemetryUpdate,
} from '../../types'
import { markOf } from '../format/describeOutcome'

/**
 * Whether a live run has ended, by the recorder's own rule (`runEnd`): one with retries to come has not, and
 * silence ends it only while the server is heard. `now` and the times of the answer by the local clock.
 */
export function liveRunEnd(state: LiveState, run: LiveRun, now: number): RunEnd {
  const updates = [...state.scenes.values()].filter(({ runId }) => runId === run.runId)
  const { runId, firstAt, sceneCount, policy, event } = run
  const lastAt = Math.max(run.lastAt, ...updates.map(({ timestamp }) => timestamp))
  const offset = state.server?.clockOffset ?? 0
  const end = runEnd(
    {
      runId,
      firstAt,
      lastAt,
      isAdHoc: runId.startsWith('adhoc-'),
      open: updates.filter(isOpen).length,
      scenes: new Map(updates.filter((update) => !isOpen(update)).map((each) => [each.sceneId, endOf(each)])),
      ...(sceneCount === undefined ? {} : { sceneCount }),
      ...(policy === undefined ? {} : { policy }),
      ...(event === undefined ? {} : { told: { event, at: lastAt } }),
    },
    isHeard(state.connection) ? now - offset : lastAt,
  )
  return end.kind === 'ended'
    ? { ...end, endedAt: end.endedAt + offset }
    : { ...end, checkAt: end.checkAt + offset }
}

/** Whether what happens on the server arrives here. */
export const isHeard = ({ status }: Connection): boolean =>
  status === 'live' || status === 'replaying' || status === 'fallback'

const isOpen = ({ status }: RealtimeTelemetryUpdate): boolean => status === 'queued' || status === 'executing'

function endOf(update: RealtimeTelemetryUpdate): Pick<HistoricalSceneMetrics, 'status' | 'attempts'> {
  const mark = markOf(update.status, update.exitReason)
  return {
    status: mark === 'completed' ? 'success' : mark === 'timeout' || mark === 'skipped' ? mark : 'failed',
    attempts: Math.max(update.attempts ?? 1, update.attempt ?? 1),
  }
}
