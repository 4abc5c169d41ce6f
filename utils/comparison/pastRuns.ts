import type { HistoricalRun } from '../../types'
import { formatDuration } from '../format/formatDuration'

/** An earlier run as a mark beside the current one. */
export interface PastRun {
  readonly runId: string
  readonly runName: string | undefined
  readonly at: number
  readonly duration: number
  /** How this run took against it: the shape of the mark. */
  readonly shape: 'worse' | 'better' | 'same'
  /** `+12 s: this run took longer`. */
  readonly delta: string
}

const MAX_SHOWN = 50
/** Closer than this is called as long. */
const SAME_SHARE = 0.01

/** The earlier runs that have a duration, oldest first, the newest 50, each with how the current one differs from it. */
export function pastRuns(current: HistoricalRun, historical: readonly HistoricalRun[]): readonly PastRun[] {
  const now = current.averageDuration
  return historical
    .flatMap(({ runId, runName, timestamp, averageDuration }) =>
      averageDuration === undefined
        ? []
        : [{ runId, runName, at: timestamp, duration: averageDuration, ...deltaOf(now, averageDuration) }],
    )
    .sort((a, b) => a.at - b.at)
    .slice(-MAX_SHOWN)
}

function deltaOf(now: number | undefined, then: number): Pick<PastRun, 'shape' | 'delta'> {
  if (now === undefined) return { shape: 'same', delta: 'this run has no duration' }
  const difference = now - then
  if (Math.abs(difference) <= SAME_SHARE * then) return { shape: 'same', delta: 'this run took as long' }
  return difference > 0
    ? { shape: 'worse', delta: `+${formatDuration(difference)}: this run took longer` }
    : { shape: 'better', delta: `−${formatDuration(-difference)}: this run took less` }
}
