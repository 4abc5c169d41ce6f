import type { Rate } from './newcombe'

/**
 * How likely two rates lie at least so unlikely apart by chance: the two-sided p of Fisher's exact test, the sum over all tables with
 * the same margins that are no likelier than this one.
 */
export function fisherExact(rate: Rate, other: Rate): number {
  const hits = rate.count + other.count
  const least = Math.max(0, hits - other.of)
  const logs = [0]
  for (let k = least; k < Math.min(hits, rate.of); k++) {
    const step = ((hits - k) * (rate.of - k)) / ((k + 1) * (other.of - hits + k + 1))
    logs.push((logs[logs.length - 1] ?? 0) + Math.log(step))
  }
  const own = (logs[rate.count - least] ?? 0) + ROUNDING
  const greatest = logs.reduce((most, log) => Math.max(most, log), 0)
  const sumOf = (chosen: readonly number[]): number =>
    chosen.reduce((sum, log) => sum + Math.exp(log - greatest), 0)
  return sumOf(logs.filter((log) => log <= own)) / sumOf(logs)
}

/** Tables that are equally likely differ by so much. */
const ROUNDING = 1e-7
