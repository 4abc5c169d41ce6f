import type { HistoricalRun, RunComparison } from '../../types'
import type { CompareView } from '../comparison/compareView'
import type { AsyncAnswer } from './useAsync'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

/** Runs side by side. */
export interface ComparedRuns {
  /** In the order asked for. */
  readonly runs: readonly HistoricalRun[]
  /** By run, of each but the base. */
  readonly comparisons: ReadonlyMap<string, RunComparison>
  /** Asked for, and not in the history. */
  readonly missing: readonly string[]
}
type Question = Pick<CompareView, 'runs' | 'base'>

/** The runs of a view with each one's comparison against its base. Asked again when the history changed. */
export function useComparedRuns({ runs, base }: Question): AsyncAnswer<ComparedRuns> {
  return useHistoryAnswer({ runs, base }, ask)
}

const ask: AskHistory<Question, ComparedRuns> = async (history, { runs: asked, base }, signal) => {
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
}
