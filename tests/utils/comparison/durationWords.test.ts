import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregatesOf } from '../../../services/comparison/aggregates'
import { compareRuns } from '../../../services/comparison/compareRuns'
import type { HistoricalRun, HistoricalSceneMetrics, RunComparison } from '../../../types'
import { metricRows, type MetricRow } from '../../../utils/comparison/metricRows'
import { environmentOf, runOf, sceneOf } from '../../services/comparison/builders'

const SHORT = 20
const LONG = 50
const ofKind = (duration: number, steps: number): HistoricalSceneMetrics =>
  sceneOf(duration, { environment: environmentOf({ steps }) })
const run = (number: number, scenes: readonly HistoricalSceneMetrics[]): HistoricalRun => ({
  ...runOf(number, scenes),
  ...aggregatesOf(scenes),
})
const compare = (
  current: readonly HistoricalSceneMetrics[],
  earlier: readonly (readonly HistoricalSceneMetrics[])[],
): RunComparison =>
  compareRuns(
    run(99, current),
    earlier.map((scenes, i) => run(i, scenes)),
  )
const durationRow = (comparison: RunComparison): MetricRow | undefined =>
  metricRows(comparison).find(({ id }) => id === 'duration')
const plain = (text = ''): string => text.replace(/\u202f/g, ' ')
/** Twenty runs of a short scene, about 10 s, and a long one, about 1,000 s. */
const usual = Array.from({ length: 20 }, (_, i) => [
  ofKind(9_900 + i * 10, SHORT),
  ofKind(990_000 + i * 1_000, LONG),
])

describe('a run whose short scenes took twice as long and whose long ones took less', () => {
  const comparison = compare([ofKind(20_000, SHORT), ofKind(900_000, LONG)], usual)

  it('is slower scene by scene, and its row says that that is what its ratio is of', () => {
    const row = durationRow(comparison)
    expect([plain(row?.now), plain(row?.usual)]).toEqual(['7 m 40 s', '8 m 25 s'])
    expect([row?.words?.size, row?.words?.word]).toEqual(['1.34×', 'slower scene by scene'])
    expect(row?.words?.phrase).toMatch(/^slower scene by scene than all 20 like runs \(/)
    expect(row?.words?.sentence).toMatch(/^Scene duration: 1\.3 times the usual scene by scene, slower than/)
  })
})

describe('a run of which every scene took longer', () => {
  it('is slower without a further word', () => {
    const comparison = compare([ofKind(12_000, SHORT), ofKind(1_200_000, LONG)], usual)
    expect(durationRow(comparison)?.words?.word).toBe('slower')
  })
})

describe('a run with scenes that none was like', () => {
  const comparison = compare(
    [ofKind(20_000, SHORT), ofKind(1_000, 99), ofKind(3_000, 99)],
    usual.map(([short]) => (short ? [short] : [])),
  )

  it('has no usual average, for nobody knows it, and never 0', () => {
    expect(durationRow(comparison)?.usual).toBeUndefined()
  })

  it('is called slower by those that were only, and muted', () => {
    const words = durationRow(comparison)?.words
    expect(words?.isPartial).toBe(true)
    expect(words?.phrase).toMatch(
      /^slower than all 20 like runs .*, of the 1 of 3 scenes that earlier ones are like$/,
    )
    expect(words?.sentence).toMatch(/of the 1 of 3 scenes that earlier ones are like$/)
  })
})

describe('two averages beside a ratio', () => {
  it('never point the other way than the words, unless these say why', () => {
    const scene = fc
      .record({ seconds: fc.integer({ min: 1, max: 2_000 }), steps: fc.constantFrom(SHORT, LONG) })
      .map(({ seconds, steps }) => ofKind(seconds * 1_000, steps))
    const scenes = fc.array(scene, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(scenes, fc.array(scenes, { minLength: 1, maxLength: 24 }), (current, earlier) => {
        const { now, usual: before, words } = durationRow(compare(current, earlier)) ?? {}
        if (now === undefined || before === undefined || words?.size === undefined) return
        const said = `${words.size} ${words.word}`
        if (/scene by scene/.test(said)) return
        const ofFigures = Math.sign(secondsOf(now) - secondsOf(before))
        expect(ofFigures * directionOf(said)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  it('stand beside words that their own ratio bears, however lopsided runs are', () => {
    const ofRun = (seconds: number) => [100, 100, seconds].map((each) => ofKind(each * 1_000, SHORT))
    const quick = fc.integer({ min: 1, max: 90 })
    const any = fc.integer({ min: 1, max: 150 })
    fc.assert(
      fc.property(any, fc.array(quick, { minLength: 9, maxLength: 30 }), (current, earlier) => {
        const { words } = durationRow(compare(ofRun(current), earlier.map(ofRun))) ?? {}
        if (words?.shape !== 'worse' && words?.shape !== 'better') return
        expect(parseFloat(words.size ?? '')).toBeGreaterThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })
})

/** Seconds of a duration as it is shown: `1 h 04 m`, `1 m 32 s`, `0.8 s`. */
function secondsOf(text: string): number {
  const of = (unit: string): number => Number(new RegExp(`([\\d.]+) ${unit}`).exec(plain(text))?.[1] ?? 0)
  return of('h') * 3_600 + of('m') * 60 + of('s')
}

/** −1 where words and ratio say faster, 1 where they say slower, 0 for as long. */
function directionOf(said: string): number {
  if (/\bfaster\b/.test(said)) return -1
  if (/\bslower\b/.test(said)) return 1
  return Math.sign(parseFloat(said) - 1)
}
