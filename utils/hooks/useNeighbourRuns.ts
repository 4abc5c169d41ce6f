import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

/** The runs before and after a time, by their ids. */
export interface NeighbourRuns {
  readonly previous?: string
  readonly next?: string
}

/** The saved runs just before and just after a run that began at `timestamp` (epoch ms; absent: none). */
export function useNeighbourRuns(timestamp: number | undefined): NeighbourRuns {
  return useHistoryAnswer(timestamp ?? null, ask).value ?? NONE
}

const ask: AskHistory<number | null, NeighbourRuns> = async (history, timestamp) => {
  if (timestamp === null) return NONE
  const [before, after] = await Promise.all([
    history.queryRuns({ filter: { dateRange: { to: timestamp } }, sort: by('desc'), limit: 1 }),
    history.queryRuns({ filter: { dateRange: { from: timestamp + 1 } }, sort: by('asc'), limit: 1 }),
  ])
  const [previous] = before.runs
  const [next] = after.runs
  return { ...(previous ? { previous: previous.runId } : {}), ...(next ? { next: next.runId } : {}) }
}

const NONE: NeighbourRuns = {}
const by = (direction: 'asc' | 'desc') => ({ by: 'timestamp', direction }) as const
