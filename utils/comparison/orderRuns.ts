import type { HistoricalRun } from '../../types'

/** What compared runs can be sorted by. */
export const RUN_ORDERS = ['chosen', 'newest', 'fastest', 'success'] as const
export type RunOrder = (typeof RUN_ORDERS)[number]

const KEYS: Readonly<Record<RunOrder, (run: HistoricalRun) => number | undefined>> = {
  chosen: () => 0,
  newest: ({ timestamp }) => -timestamp,
  fastest: ({ averageDuration }) => averageDuration,
  success: ({ successRate }) => (successRate === undefined ? undefined : -successRate),
}

/** Runs in an order, the base first whatever the order is; unknown figures come last, equal ones stay as they were. */
export function orderRuns(
  runs: readonly HistoricalRun[],
  base: string,
  order: RunOrder,
): readonly HistoricalRun[] {
  const key = KEYS[order]
  return [...runs].sort((a, b) => {
    if ((a.runId === base) !== (b.runId === base)) return a.runId === base ? -1 : 1
    return compared(key(a), key(b))
  })
}

function compared(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return a - b
}
