import type { RealtimeTelemetryUpdate } from '../../types'
import { describeOutcome, markOf, type SceneMark } from '../format/describeOutcome'
import { sceneName } from '../format/sceneName'
import { formatDuration } from '../format/formatDuration'

/** What a line of the event log says: a status, the scene, and what is worth knowing. */
export interface EventLine {
  readonly mark: SceneMark
  readonly scene: string
  readonly words: string
  readonly isError: boolean
}

export function eventLine(update: RealtimeTelemetryUpdate): EventLine {
  const mark = markOf(update.status, update.exitReason)
  return {
    mark,
    scene: sceneName(update.sceneId),
    words: wordsOf(update, mark),
    isError: mark === 'failed' || mark === 'timeout',
  }
}

function wordsOf(update: RealtimeTelemetryUpdate, mark: SceneMark): string {
  const { attempt, duration, queueWait } = update
  const again = attempt !== undefined && attempt > 1 ? `, attempt ${attempt}` : ''
  switch (mark) {
    case 'queued':
      return `queued${again}`
    case 'executing':
      return queueWait === undefined || queueWait < 1_000
        ? `began${again}`
        : `began after ${formatDuration(queueWait)} in the queue${again}`
    case 'completed':
      return duration === undefined ? `completed${again}` : `completed in ${formatDuration(duration)}${again}`
    default: {
      const why = describeOutcome({ reason: update.exitReason, error: update.error, policy: update.policy })
      return `${mark}${again}${why === undefined ? '' : `: ${why}`}`
    }
  }
}
