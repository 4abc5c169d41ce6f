import type { HistoricalRun } from '../../types'

/** Why it is no run; undefined if it is one. */
export function problemOf(run: HistoricalRun): string | undefined {
  const isOne =
    typeof run.runId === 'string' &&
    run.runId !== '' &&
    Number.isFinite(run.timestamp) &&
    Array.isArray(run.scenes)
  return isOne ? undefined : 'A run needs an id, a time and a list of scenes.'
}
