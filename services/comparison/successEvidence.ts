import type { Estimate, HistoricalRun, Verdict } from '../../types'
import { fisherExact } from '../statistics/fisherExact'
import { newcombe, type Rate } from '../statistics/newcombe'

/**
 * Whether a run's scenes succeeded more often than those of its baseline, all pooled; the value and its interval are the difference
 * of the rates (0–1), `n` counts the scenes of both. Skipped ones count nowhere. Worse or better where the interval leaves out 0 and the
 * exact test agrees: against a baseline without a failure the interval alone would call one failed scene of four worse. Absent
 * where either has none.
 */
export function successEvidence(
  current: HistoricalRun,
  baseline: readonly HistoricalRun[],
): Estimate | undefined {
  const [mine, theirs] = [successRate([current]), successRate(baseline)]
  const difference = newcombe(mine, theirs)
  if (!difference) return undefined
  const p = fisherExact(mine, theirs)
  const verdict = p <= SIGNIFICANT ? verdictOf(difference) : 'cannot tell'
  return { ...difference, n: mine.of + theirs.of, p, test: "Newcombe interval, Fisher's exact test", verdict }
}

const SIGNIFICANT = 0.05

function successRate(runs: readonly HistoricalRun[]): Rate {
  const counted = runs.flatMap(({ scenes }) => scenes).filter(({ status }) => status !== 'skipped')
  return { count: counted.filter(({ status }) => status === 'success').length, of: counted.length }
}

function verdictOf({ low, high }: { low: number; high: number }): Verdict {
  if (low > 0) return 'better'
  return high < 0 ? 'worse' : 'cannot tell'
}
