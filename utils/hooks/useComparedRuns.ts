import { useCallback } from 'react'
import type { HistoricalRun, RunComparison } from '../../types'
import type { CompareView } from '../comparison/compareView'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useRevision } from './useRunHistory'

/** Runs side by side. */
export interface ComparedRuns {
  /** In the order asked for. */
  readonly runs: readonly HistoricalRun[]
  /** By run, of each but the base. */
  readonly comparisons: ReadonlyMap<string, RunComparison>
  /** Asked for, and not in the history. */
  readonly missing: readonly string[]
}

/** The runs of a view with each one's comparison against its base. Asked again when the history changed. */
export function useComparedRuns({
  runs,
  base,
}: Pick<CompareView, 'runs' | 'base'>): AsyncAnswer<ComparedRuns> {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = JSON.stringify(runs)
  const ask = useCallback(
    async (signal: AbortSignal): Promise<ComparedRuns> => {
      void revision
      const asked: readonly string[] = JSON.parse(key)
      const found = new Map((await history.getRuns(asked)).map((run) => [run.runId, run]))
      const held = asked.filter((runId) => found.has(runId) && runId !== base)
      const against = base === 'auto' ? {} : { against: [base] }
      const isHeld = base === 'auto' || found.has(base)
      const answers = isHeld
        ? await Promise.all(held.map((runId) => history.compare(runId, { ...against, signal })))
        : []
      return {
        runs: asked.flatMap((runId) => found.get(runId) ?? []),
        comparisons: new Map(answers.map((answer) => [answer.current.runId, answer])),
        missing: asked.filter((runId) => !found.has(runId)),
      }
    },
    [history, key, base, revision],
  )
  return useAsync(ask)
}
