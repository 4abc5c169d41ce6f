import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../../services/comparison/compareRuns'
import type { HistoricalSceneMetrics, RunComparison } from '../../../types'
import { scopeSentence } from '../../../utils/comparison/scopeSentence'
import { durationNotes, isAtOdds } from '../../../utils/comparison/sceneByScene'
import { environmentOf, runOf, sceneOf } from '../../services/comparison/builders'

const ofKind = (duration: number, steps: number): HistoricalSceneMetrics =>
  sceneOf(duration, { environment: environmentOf({ steps }) })
/** Against twenty runs of a scene of 10 s and one of 1,000 s. */
const against = (...scenes: readonly HistoricalSceneMetrics[]): RunComparison =>
  compareRuns(
    runOf(99, scenes),
    Array.from({ length: 20 }, (_, i) => runOf(i, [ofKind(10_000, 20), ofKind(1_000_000, 50)])),
  )
const notes = (comparison: RunComparison): readonly string[] =>
  durationNotes(comparison).map((note) => note.replace(/\u202f/g, ' '))
const AT_ODDS = 'The ratio counts each of its scenes alike; in an average long scenes weigh more.'

describe('two averages beside a ratio', () => {
  it('are at odds where they say the other way as they are read, or are further off than 10 %', () => {
    expect(isAtOdds({ now: 80_000, usual: 78_000 }, 0.98)).toBe(true)
    expect(isAtOdds({ now: 80_000, usual: 100_000 }, 0.9)).toBe(true)
    expect(isAtOdds({ now: 80_000, usual: 79_900 }, 0.98)).toBe(false)
    expect(isAtOdds({ now: 110_000, usual: 100_000 }, 1.05)).toBe(false)
  })
})

describe('what is said of a ratio of durations', () => {
  it('is nothing where the averages say the same', () => {
    expect(notes(against(ofKind(12_000, 20), ofKind(1_200_000, 50)))).toEqual([])
  })

  it('is why it differs from the averages, beside what it rests on', () => {
    const comparison = against(ofKind(20_000, 20), ofKind(900_000, 50))
    expect(notes(comparison)).toEqual([AT_ODDS])
    expect(scopeSentence(comparison)).toMatch(/^20 earlier runs like it\. .* long scenes weigh more\.$/)
  })

  it('is nothing while the run goes on, for no ratio is shown', () => {
    const comparison = against(ofKind(20_000, 20), ofKind(900_000, 50))
    const current = { ...comparison.current, status: 'running' } as const
    expect(notes({ ...comparison, current })).toEqual([])
  })

  it('is what those scenes took that it is of, where none was like the others', () => {
    expect(notes(against(ofKind(20_000, 20), ofKind(1_000, 99)))).toEqual([
      'Of the 2 scenes in its average 1 has earlier ones like it: 20 s, usually 10 s.',
    ])
    expect(notes(against(ofKind(20_000, 20), ofKind(20_000, 20), ofKind(1, 99)))).toEqual([
      'Of the 3 scenes in its average 2 have earlier ones like them: 20 s on average, usually 10 s.',
    ])
  })
})
