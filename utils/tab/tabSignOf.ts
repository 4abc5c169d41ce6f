import type { LiveState, RealtimeTelemetryUpdate } from '../../types'
import { markOf } from '../format/describeOutcome'
import { createProgressSelector } from '../live/runProgress'
import { isHeard, liveRunEnd } from './liveRunEnd'

/** What a tab says of the newest run to somebody who sees nothing but the tab. */
export type TabSign =
  | { readonly kind: 'idle' }
  | (RunFigures & {
      readonly kind: 'running'
      /** False while no news comes: the figures are the last ones known. */
      readonly isHeard: boolean
      /** A scene failed since somebody looked. */
      readonly hasNewFailure: boolean
    })
  /** Until somebody looks. */
  | (RunFigures & { readonly kind: 'ended' | 'stopped' })

interface RunFigures {
  readonly runName: string | undefined
  readonly done: number
  readonly completed: number
  readonly of: number
  /** Failed or timed out: those of this run, and those of others that nobody has seen yet. */
  readonly failed: number
}

/**
 * `seenUntil`: when somebody last looked, `now` while somebody does; both by the local clock. An end that was seen is no sign
 * any more; a failure stays in the figures of its run while that goes on.
 */
export function tabSignOf(state: LiveState, seenUntil: number, now: number): TabSign {
  const { run, counts, done, of } = createProgressSelector(undefined)(state)
  if (!run || of === 0) return IDLE
  const offset = state.server?.clockOffset ?? 0
  const end = liveRunEnd(state, run, now)
  const failures = [...state.scenes.values()].filter(isFailure)
  const unseen = failures.filter(({ timestamp }) => timestamp + offset > seenUntil)
  const earlier = failures.filter((each) => each.runId === run.runId && !unseen.includes(each))
  const figures = {
    runName: run.runName,
    done,
    completed: counts.completed,
    of,
    failed: unseen.length + earlier.length,
  }
  if (end.kind === 'running')
    return {
      ...figures,
      kind: 'running',
      isHeard: isHeard(state.connection),
      hasNewFailure: unseen.length > 0,
    }
  if (end.endedAt <= seenUntil) return IDLE
  return { ...figures, kind: end.status === 'interrupted' ? 'stopped' : 'ended' }
}

/** Of several servers' signs the one to show: a new failure before an end, an end before what goes on. */
export function tellingSign(signs: readonly TabSign[]): TabSign {
  return signs.reduce((best, sign) => (urgency(sign) > urgency(best) ? sign : best), IDLE)
}

function urgency(sign: TabSign): number {
  if (sign.kind === 'idle') return 0
  if (sign.kind === 'running') return sign.hasNewFailure ? 3 : 1
  return 2
}

const IDLE: TabSign = { kind: 'idle' }

function isFailure(update: RealtimeTelemetryUpdate): boolean {
  const mark = markOf(update.status, update.exitReason)
  return mark === 'failed' || mark === 'timeout'
}
