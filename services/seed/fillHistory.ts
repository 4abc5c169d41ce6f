import type { RunHistory } from '../../types'
import { createBreather } from '../shared/createBreather'
import { generateRuns } from './generateRuns'

/** How many runs to generate, and from which seed. */
export interface SeedRequest {
  readonly count: number
  readonly seed: number
}

/** Some two megabytes, which cross to the worker without a long task. */
const BATCH = 250

/** Fills a history with generated runs, the newest now; run again it writes the same ids. Rejects with the signal's reason between batches. */
export async function fillHistory(
  history: Pick<RunHistory, 'saveRuns'>,
  { count, seed }: SeedRequest,
  how: {
    readonly now: number
    readonly onProgress?: (share: number) => void
    readonly signal?: AbortSignal
  },
): Promise<void> {
  const breathe = createBreather()
  let done = 0
  let batch = []
  for (const run of generateRuns(count, seed, { lastAt: how.now })) {
    batch.push(run)
    await breathe()
    if (batch.length < BATCH && done + batch.length < count) continue
    how.signal?.throwIfAborted()
    await history.saveRuns(batch, { onConflict: 'replace' })
    done += batch.length
    batch = []
    how.onProgress?.(done / count)
  }
}
