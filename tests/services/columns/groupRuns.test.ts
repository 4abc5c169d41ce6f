import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { emptyChunk } from '../../../services/columns/columnChunk'
import { createDayReader } from '../../../services/columns/createDayReader'
import { editChunk } from '../../../services/columns/editChunk'
import { groupRuns } from '../../../services/columns/groupRuns'
import { rowOfRun } from '../../../services/columns/rowOfRun'
import type { HistoricalRun, HistoricalSceneMetrics } from '../../../types'
import { buildAttempt, buildRun, buildScene, FIRST_AT } from '../../helpers/buildRun'

const HOUR = 3_600_000
const ZONE = process.env.TZ
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

/** What a calendar says of one time. */
const calendarDay = (at: number): string => {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

describe('the day of a time', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kolkata',
  ])('is the calendar’s in %s, whatever was asked before', (zone) => {
    process.env.TZ = zone
    const from = new Date(2011, 0, 1).getTime()
    const at = fc.integer({ min: from, max: from + 400 * 24 * HOUR })
    fc.assert(
      fc.property(fc.array(at, { minLength: 1, maxLength: 60 }), (times) => {
        const dayOf = createDayReader()
        expect(times.map(dayOf)).toEqual(times.map(calendarDay))
      }),
    )
  })

  it.each([
    ['23 hours long, when the clocks go forward', 2026, 2, 29, 23],
    ['25 hours long, when they go back', 2026, 9, 25, 25],
  ])('may be %s', (_, year, month, day, hours) => {
    process.env.TZ = 'Europe/Berlin'
    const start = new Date(year, month, day).getTime()
    expect(new Date(year, month, day + 1).getTime() - start).toBe(hours * HOUR)
    const dayOf = createDayReader()
    const named = Array.from({ length: hours + 2 }, (_, hour) => dayOf(start + (hour - 1) * HOUR))
    expect(new Set(named.slice(1, -1)).size).toBe(1)
    expect(named).toEqual(named.map((_name, hour) => calendarDay(start + (hour - 1) * HOUR)))
    expect(new Set(named).size).toBe(3)
  })
})

describe('groups of runs', () => {
  const sceneOn = (gpuName: string, index = 0): HistoricalSceneMetrics => ({
    ...buildScene(`scene-${index}`, [buildAttempt(`scene-${index}`, FIRST_AT, 80_000)]),
    gpuName,
  })
  const runOf = (runId: string, scenes: readonly HistoricalSceneMetrics[], timestamp = FIRST_AT) =>
    buildRun(0, 80_000, { runId, scenes, timestamp })
  const chunkOf = (...runs: readonly HistoricalRun[]) => ({
    chunk: editChunk(emptyChunk(0), new Map(runs.map((run) => [run.runId, rowOfRun(run)]))),
    runs: new Uint8Array(runs.length).fill(1),
  })

  it('count a run once in each group that it has scenes in', () => {
    const scenes = ['RTX 4090', 'RTX 3090', 'RTX 4090'].map(sceneOn)
    const selection = [
      chunkOf(runOf('a', scenes), runOf('b', scenes)),
      chunkOf(runOf('c', scenes.slice(0, 1))),
    ]
    expect(groupRuns(selection, 'gpuName').map(({ key, runs, scenes: n }) => [key, runs, n])).toEqual([
      ['RTX 4090', 3, 5],
      ['RTX 3090', 2, 2],
    ])
  })

  it('by day are of the days that the runs began on, over chunks', () => {
    process.env.TZ = 'Europe/Berlin'
    const at = (runId: string, ...time: [number, number, number, number]) =>
      chunkOf(runOf(runId, [sceneOn('RTX 4090')], new Date(...time).getTime()))
    const days = groupRuns(
      [at('a', 2026, 9, 25, 0), at('b', 2026, 9, 26, 0), at('c', 2026, 9, 25, 23)],
      'day',
    ).map(({ key, runs }) => [key, runs])
    expect(days).toEqual([
      ['2026-10-25', 2],
      ['2026-10-26', 1],
    ])
  })
})
