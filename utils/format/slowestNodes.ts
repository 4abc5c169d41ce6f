import type { NodeTime } from '../../types'

/** Nodes that took less are not where time goes, ms. */
const WORTH_MS = 50

/** Where an execution's time went: its slowest nodes, slowest first. */
export const slowestNodes = (times: readonly NodeTime[], count: number): readonly NodeTime[] =>
  times
    .filter(({ ms }) => ms >= WORTH_MS)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, count)
