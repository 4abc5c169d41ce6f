import type { HistoricalRun, RealtimeState, RunSummary } from '../../types'
import { describeOutcome } from '../format/describeOutcome'
import { count } from '../format/formatCount'
import { formatDuration } from '../format/formatDuration'
import { runTitle } from '../format/runTitle'
import { formatWhen } from '../format/formatTime'
import { sceneName } from '../format/sceneName'

/** A time during which nobody looked, by the local clock, ms. */
export interface AwayPeriod {
  readonly from: number
  readonly to: number
}

/** What happened meanwhile, in words. */
export interface AwaySummary {
  readonly title: string
  readonly sentence: string
  /** The runs that ended, newest first, at most `MAX_RUNS`. */
  readonly runs: readonly { readonly runId: string; readonly name: string; readonly result: string }[]
  readonly moreRuns: number
  /** Scenes that failed, at most `MAX_FAILURES`. */
  readonly failures: readonly {
    readonly runId: string
    readonly sceneId: string
    readonly scene: string
    readonly runName: string
    readonly why: string
  }[]
  readonly moreFailures: number
  /** What can't be known of that time; absent when all of it was recorded. */
  readonly unknown?: string
}

interface AwayInput {
  readonly period: AwayPeriod
  /** Runs that ended in it. */
  readonly ended: readonly RunSummary[]
  /** Those of them whose scenes are to be named. */
  readonly failing: readonly HistoricalRun[]
  readonly gaps: RealtimeState['gaps']
}

const MAX_RUNS = 4
const MAX_FAILURES = 3

/** Null when there is nothing to tell: no run ended, and nothing was missed. */
export function awaySummary({ period, ended, failing, gaps }: AwayInput): AwaySummary | null {
  const unknown = unknownSentence(period, gaps)
  if (ended.length === 0 && unknown === undefined) return null
  const failures = failing.flatMap(failuresOf)
  const failed = ended.reduce((sum, { counts }) => sum + counts.failed + counts.timeout, 0)
  return {
    title: `While you were away (${formatDuration(period.to - period.from)})`,
    sentence: ended.length === 0 ? 'No run ended, as far as is known.' : sentenceOf(ended),
    runs: ended.slice(0, MAX_RUNS).map((run) => ({
      runId: run.runId,
      name: runTitle(run),
      result: `${run.counts.success} of ${sceneCountOf(run)}${run.status === 'interrupted' ? ', stopped' : ''}`,
    })),
    moreRuns: Math.max(0, ended.length - MAX_RUNS),
    failures: failures.slice(0, MAX_FAILURES),
    moreFailures: Math.max(0, failed - MAX_FAILURES),
    ...(unknown === undefined ? {} : { unknown }),
  }
}

/** Whether a saved run ended in that time. `offset`: local clock − the server's, ms. */
export const endedWithin = (
  { from, to }: AwayPeriod,
  offset: number,
  { endedAt, status }: RunSummary,
): boolean =>
  status !== 'running' && endedAt !== undefined && endedAt + offset > from && endedAt + offset <= to

function sentenceOf(ended: readonly RunSummary[]): string {
  const of = ended.reduce((sum, run) => sum + sceneCountOf(run), 0)
  const sumOf = (status: keyof RunSummary['counts']): number =>
    ended.reduce((sum, { counts }) => sum + counts[status], 0)
  const others = (['failed', 'timeout', 'skipped'] as const).map((status) => [sumOf(status), status] as const)
  const completed = sumOf('success')
  const unknown = others.reduce((left, [ended]) => left - ended, of - completed)
  return `${[
    `${count(ended.length, 'run')} ended`,
    `${completed} of ${count(of, 'scene')} completed`,
    ...others.flatMap(([ended, status]) => (ended > 0 ? [`${ended} ${status}`] : [])),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
  ].join(', ')}.`
}

const sceneCountOf = ({ counts, sceneCount }: RunSummary): number =>
  Math.max(sceneCount ?? 0, counts.success + counts.failed + counts.timeout + counts.skipped)

function failuresOf(run: HistoricalRun): AwaySummary['failures'] {
  return run.scenes
    .filter(({ status }) => status === 'failed' || status === 'timeout')
    .map(({ sceneId, exitReason: reason, error }) => {
      const why = describeOutcome({ reason, error, policy: run.policy }) ?? 'Nobody told why.'
      return { runId: run.runId, sceneId, scene: sceneName(sceneId), runName: runTitle(run), why }
    })
}

function unknownSentence({ from, to }: AwayPeriod, gaps: RealtimeState['gaps']): string | undefined {
  const missed = gaps.filter((gap) => gap.lost !== 0 && gap.to > from && gap.from < to)
  const [first] = missed
  if (!first) return undefined
  const start = formatWhen(Math.max(from, first.from), to)
  const time = `From ${start} to ${formatWhen(Math.min(to, first.to), to)}`
  const more = missed.length > 1 ? `, and ${count(missed.length - 1, 'more time')},` : ''
  return `${time}${more} nothing was recorded: what happened then can’t be known.`
}
