import type { StockEntry } from '../wire/stockPrompts'

/** Names the runs of prompts that nobody labelled. */
export interface AdhocRuns {
  runOf(promptId: string, at: number): string
  /** A prompt's place in the history, in its order: one that began long after the one before belongs to another run. */
  pass(entry: StockEntry): void
  /** The queue was idle: what comes next belongs to another run. */
  end(): void
  /** A run of before goes on. */
  resume(runId: string): void
}

const MAX_SCENES = 200
const MAX_AGE_MS = 12 * 60 * 60_000
const MAX_ID = 256
/** Between two prompts of a busy queue the server tidies up for less. */
const BUSY_GAP_MS = 5_000

/** One run for each time the queue is busy, and a new one after 200 scenes or 12 hours: where no node names them. */
export function createAdhocRuns(): AdhocRuns {
  let runId: string | undefined
  let scenes = 0
  let since = 0
  let busyUntil: number | undefined
  return {
    runOf(promptId, at) {
      if (runId === undefined || scenes >= MAX_SCENES || at - since >= MAX_AGE_MS) {
        runId = `adhoc-${promptId}`.slice(0, MAX_ID)
        scenes = 0
        since = at
      }
      scenes += 1
      return runId
    },
    pass({ createdAt, startedAt, end }) {
      const began = createdAt ?? startedAt
      const isAfter = busyUntil !== undefined && began !== undefined && began - busyUntil > BUSY_GAP_MS
      if (isAfter) runId = undefined
      busyUntil = Math.max(busyUntil ?? 0, end?.timestamp ?? startedAt ?? 0)
    },
    end: () => void (runId = undefined),
    resume(known) {
      if (!known.startsWith('adhoc-')) return
      runId = known
      scenes = 0
      since = Infinity
    },
  }
}
