import { describe, expect, it } from 'vitest'
import type { GpuReading, GpuTrace, HistoricalRun } from '../../../types'
import { commonTotal, runTraces, topOf } from '../../../utils/comparison/runTraces'
import { measuresOf, traceTable, traceWords } from '../../../utils/comparison/traceWords'
import { TRACE_METRICS, type TraceMetric } from '../../../utils/run/traceMetrics'
import { buildRun } from '../../helpers/buildRun'

const GIGABYTE = 2 ** 30
const metric = (field: TraceMetric['field']): TraceMetric => {
  const found = TRACE_METRICS.find((each) => each.field === field)
  if (!found) throw new Error(`No metric ${field}`)
  return found
}
const [VRAM, BUSY] = [metric('vramFree'), metric('utilization')]

/** A reading a second of a run's first attempt: `free` GB, each its own. */
function traceOf(run: HistoricalRun, free: readonly number[], rest: Partial<GpuReading> = {}): GpuTrace {
  const { promptId = '', startedAt = 0 } = run.scenes[0]?.attemptLog?.[0] ?? {}
  const points = free.map((value, i) => ({
    at: startedAt + i * 1_000,
    gpus: [{ index: 0, vramFree: value * GIGABYTE, vramTotal: 24 * GIGABYTE, ...rest }],
  }))
  return { source: 'box', promptId, points, gaps: [] }
}
const [EARLY, LATE] = [buildRun(9), buildRun(0)]

describe('the traces of compared runs', () => {
  it('all begin at 0, whenever the runs were', () => {
    const { traces } = runTraces([EARLY, LATE], [traceOf(EARLY, [8, 7]), traceOf(LATE, [6, 5])], 'run-9')
    expect(traces.map(({ points }) => points.map(({ at }) => at))).toEqual([
      [0, 1_000],
      [0, 1_000],
    ])
  })

  it('keep letter and series of their place, whichever of them was read', () => {
    const { traces, silent } = runTraces([EARLY, LATE], [traceOf(LATE, [6])], 'run-9')
    expect(traces.map(({ name, series, isBase }) => ({ name, series, isBase }))).toEqual([
      { name: 'B Night 0', series: 2, isBase: false },
    ])
    expect(silent).toEqual(['A Night 9'])
  })

  it('have no base where each is held against what is like it', () => {
    const { traces } = runTraces([EARLY, LATE], [traceOf(EARLY, [8]), traceOf(LATE, [6])], 'auto')
    expect(traces.some(({ isBase }) => isBase)).toBe(false)
  })

  it('are not those of another server that has the same prompt id', () => {
    const { silent } = runTraces([EARLY], [{ ...traceOf(EARLY, [8]), source: 'other' }], 'auto')
    expect(silent).toEqual(['A Night 9'])
  })
})

describe('a chart of them', () => {
  const shown = (rest: Partial<GpuReading> = {}) =>
    runTraces([EARLY, LATE], [traceOf(EARLY, [8, 2, 7]), traceOf(LATE, [6, 5], rest)], 'run-9').traces

  it('goes up to the memory of the GPUs, and says it only where it is the same', () => {
    expect(topOf(shown(), VRAM)).toBe(24 * GIGABYTE)
    expect(traceWords(shown(), VRAM).title).toBe('Free VRAM, GB of 24')
    const mixed = shown({ vramTotal: 8 * GIGABYTE })
    expect(commonTotal(mixed)).toBeUndefined()
    expect(topOf(mixed, VRAM)).toBe(24 * GIGABYTE)
    expect(traceWords(mixed, VRAM).title).toBe('Free VRAM, GB')
  })

  it('says the least free memory of each, and of whom a measure is not known', () => {
    expect(traceWords(shown(), VRAM).summary).toMatch(/^Least: A 2\.0.GB, B 5\.0.GB$/)
    const busy = shown({ utilization: 97 })
    expect(traceWords(busy, BUSY).summary).toMatch(/^Most: B 97.%$/)
    expect(traceWords(busy, BUSY).notes).toContain('A Night 9: not measured')
    expect(measuresOf(shown()).missing).toContain(BUSY)
  })

  it('has a table whose rows say what each read then, and that one had ended', () => {
    const { heads, rows } = traceTable(shown(), VRAM)
    expect(heads.map(({ text }) => text)).toEqual(['Since the start', 'A Night 9, GB', 'B Night 0, GB'])
    expect(rows.map(({ cells }) => cells.slice(1))).toEqual([
      ['8.0', '6.0'],
      ['2.0', '5.0'],
      ['7.0', 'no more readings'],
    ])
  })

  it('has a table that puts nothing in place of what was not read', () => {
    const { promptId, source, points } = traceOf(
      EARLY,
      Array.from({ length: 60 }, (_, i) => (i < 20 ? 8 : 4)),
    )
    const holed = points.filter((_, i) => i < 20 || i > 40)
    const { traces } = runTraces(
      [EARLY],
      [{ source, promptId: promptId ?? '', points: holed, gaps: [] }],
      'auto',
    )
    const at30 = traceTable(traces, VRAM).rows.find(({ id }) => Math.abs(Number(id) - 30_000) < 800)
    expect(at30?.cells[1]).toBe('not measured')
  })
})
