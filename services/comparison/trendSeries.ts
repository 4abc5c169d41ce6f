import type { Trend } from '../../types'
import { quantile } from '../statistics/quantile'
import type { Cohort } from './cohortOf'
import type { TrendMetric } from './trendMetrics'
import type { TrendRun } from './trendRunOf'

/** A run and the logarithm that is tested for it. */
export interface TestedRun {
  readonly run: TrendRun
  readonly value: number
  /** Of each of its scenes that has the metric, where cohorts differ in it. */
  readonly logs: readonly CohortLog[]
}
/** A scene's cohort and the logarithm of its value. */
export type CohortLog = readonly [cohort: Cohort, log: number]

/** The E-divisive statistic is O(n²). */
const WINDOW = 200

/** Runs with a value, oldest first; of the newest 200 what is tested. A run without a scene that others are like has no part in it. */
export function trendSeries(
  how: TrendMetric,
  runs: readonly TrendRun[],
): { readonly points: Trend['points']; readonly tested: readonly TestedRun[] } {
  const measured = inOrder(runs).flatMap((run) => measure(how, run) ?? [])
  const window = measured.slice(-WINDOW)
  return {
    points: measured.map(({ run: { runId, timestamp }, value, n }) => ({ runId, timestamp, value, n })),
    tested: how.isPerCohort
      ? againstCohorts(how, window)
      : window.map(({ run, value }) => ({ run, value: Math.log(value + how.offset), logs: [] })),
  }
}

interface MeasuredRun {
  readonly run: TrendRun
  readonly value: number
  readonly n: number
}

function inOrder(runs: readonly TrendRun[]): readonly TrendRun[] {
  const unique = new Map(runs.map((run) => [run.runId, run]))
  return [...unique.values()].sort((a, b) => a.timestamp - b.timestamp || (a.runId < b.runId ? -1 : 1))
}

function measure(how: TrendMetric, run: TrendRun): MeasuredRun | undefined {
  let [sum, n] = [0, 0]
  for (const scene of run.scenes) {
    const value = how.valueOf(scene)
    if (value === undefined) continue
    sum += value
    n++
  }
  return n === 0 ? undefined : { run, value: sum / n, n }
}

/** The mean over a run's scenes of the logarithm of value ÷ median of their cohort, where the cohort has other runs. */
function againstCohorts(how: TrendMetric, window: readonly MeasuredRun[]): readonly TestedRun[] {
  const usual = usualLogs(how, window)
  return window.flatMap(({ run }) => {
    const logs = logsOf(how, run)
    const ratios = logs.flatMap(([cohort, log]) => {
      const median = usual.get(cohort)
      return median === undefined ? [] : log - median
    })
    const sum = ratios.reduce((total, ratio) => total + ratio, 0)
    return ratios.length === 0 ? [] : { run, value: sum / ratios.length, logs }
  })
}

function usualLogs(how: TrendMetric, window: readonly MeasuredRun[]): ReadonlyMap<Cohort, number> {
  const cohorts = new Map<Cohort, { runs: Set<TrendRun>; logs: number[] }>()
  for (const { run } of window)
    for (const [cohort, log] of logsOf(how, run)) {
      const known = cohorts.get(cohort)
      if (!known) cohorts.set(cohort, { runs: new Set([run]), logs: [log] })
      known?.runs.add(run)
      known?.logs.push(log)
    }
  return new Map(
    [...cohorts].flatMap(([cohort, { runs, logs }]) =>
      runs.size < 2 ? [] : [[cohort, quantile(logs, 0.5) ?? 0] as const],
    ),
  )
}

const logsOf = (how: TrendMetric, { scenes }: TrendRun): readonly CohortLog[] =>
  scenes.flatMap((scene) => {
    const value = how.valueOf(scene)
    return value === undefined ? [] : [[scene.cohort, Math.log(value + how.offset)] as const]
  })
