import type { HistoricalRun, RunComparison } from '../../types'

/** What compared runs can be sorted by. */
export const RUN_ORDERS = ['chosen', 'newest', 'fastest', 'success'] as const
export type RunOrder = (typeof RUN_ORDERS)[number]

/** Smallest first, the first figure that differs decides; what is not known comes last. */
type Key = (run: HistoricalRun, ratio: number | undefined) => readonly (number | undefined)[]

const KEYS: Readonly<Record<RunOrder, Key>> = {
  chosen: () => [],
  newest: ({ timestamp }) => [-timestamp],
  fastest: ({ averageDuration }, ratio) => [ratio, averageDuration],
  success: ({ successRate }) => [successRate === undefined ? undefined : -successRate],
}

/**
 * Runs in an order, the base first whatever the order is; equal ones stay as they were. The fastest are those that took least of
 * the base's time, like for like, as it is said of each; where each is held against other runs, those whose scenes took least.
 */
export function orderRuns(
  runs: readonly HistoricalRun[],
  base: string,
  order: RunOrder,
  comparisons: ReadonlyMap<string, RunComparison> = NONE,
): readonly HistoricalRun[] {
  const ratioOf = ({ runId, status }: HistoricalRun): number | undefined =>
    base === 'auto' || status === 'running' ? undefined : comparisons.get(runId)?.evidence.duration?.value
  const key = (run: HistoricalRun): ReturnType<Key> => KEYS[order](run, ratioOf(run))
  return [...runs].sort((a, b) => {
    if ((a.runId === base) !== (b.runId === base)) return a.runId === base ? -1 : 1
    return compared(key(a), key(b))
  })
}

const NONE: ReadonlyMap<string, RunComparison> = new Map()

function compared(a: ReturnType<Key>, b: ReturnType<Key>): number {
  const at = a.findIndex((figure, i) => figure !== b[i])
  const [mine, theirs] = [a[at], b[at]]
  if (mine === undefined || theirs === undefined)
    return Number(mine === undefined) - Number(theirs === undefined)
  return mine - theirs
}
