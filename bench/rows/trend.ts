import { trendOf } from '../../services/comparison/trendOf'
import { trendRunOf } from '../../services/comparison/trendRunOf'
import { generateRuns } from '../../services/seed/generateRuns'
import { row, type BenchRow } from '../measure'

const UNCHANGED = 5_000
const CHANGED = 1_000
const RUNS = 20

/** docs/benchmarks.md, row A2a. */
export const A2a: BenchRow = {
  id: 'A2a',
  async measure() {
    const alarms = countOf(UNCHANGED, (seed) => isAlarm([...generateRuns(30, seed, { step: 1 })]))
    return [
      row({
        id: 'A2a',
        name: `of ${UNCHANGED} histories of 30 runs without a change, those whose durations are called better or worse`,
        value: (100 * alarms) / UNCHANGED,
        unit: '%',
        bar: 5.6,
      }),
    ]
  },
}

/** docs/benchmarks.md, row A3a. */
export const A3a: BenchRow = {
  id: 'A3a',
  async measure() {
    const found = countOf(CHANGED, (seed) =>
      isWorse([...generateRuns(RUNS, seed, { step: 2, stepAt: stepOf(seed) / RUNS })]),
    )
    return [
      row({
        id: 'A3a',
        name: `of ${CHANGED} histories of ${RUNS} runs with a step of 2 × in the middle third, those whose step is not found`,
        value: (100 * (CHANGED - found)) / CHANGED,
        unit: '%',
        bar: 12,
      }),
    ]
  },
}

/** Each place of the middle third as often as any other. */
const stepOf = (seed: number): number => 7 + (seed % 7)

type Runs = Parameters<typeof trendRunOf>[0][]
const durationTrend = (runs: Runs) => trendOf('duration', runs.map(trendRunOf))
const isWorse = (runs: Runs): boolean => durationTrend(runs).changePoints.some(({ ratio }) => ratio > 1)
const isAlarm = (runs: Runs): boolean => ['better', 'worse'].includes(durationTrend(runs).verdict)

function countOf(seeds: number, holds: (seed: number) => boolean): number {
  let count = 0
  for (let seed = 1; seed <= seeds; seed++) if (holds(seed)) count++
  return count
}
