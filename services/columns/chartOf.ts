import type {
  ChartRequest,
  DurationChart,
  DurationMark,
  DurationPoint,
  GpuChart,
  TelemetryChart,
  Trend,
} from '../../types'
import { quantile } from '../statistics/quantile'
import { definedMembers } from '../shared/definedMembers'
import { numberAt, textAt, type ColumnChunk } from './columnChunk'
import { groupRuns } from './groupRuns'
import { durationsOf, durationTest, measuredRuns } from './measured'
import { rollingMedian } from './rollingMedian'
import { eachRun, eachScene, type Selection } from './selection'
import { thinEvenly, thinExtremes } from './thin'

/** One chart's series of the selected runs. `trendOf` finds the change points; it is asked for durations only. */
export function chartOf(
  request: ChartRequest,
  selected: Selection,
  trendOf: (selection: Selection) => Trend,
): TelemetryChart {
  const selection = measuredRuns(selected)
  switch (request.kind) {
    case 'duration':
      return durationChart(request, selection, trendOf)
    case 'rates': {
      const by = request.by ?? 'gpuName'
      const zoomed = between(selection, request)
      let runs = 0
      eachRun(zoomed, () => void runs++)
      return { kind: 'rates', by, runs, groups: groupRuns(zoomed, by) }
    }
    case 'gpu':
      return gpuChart(request, between(selection, request))
  }
}

const POINTS = 500
const MARKS = 500
const UNMEASURED = 200
/** Fewer runs have no usual range, and no smoothing. */
const USUAL_FROM = 8
const SMOOTH_FROM = 10

function between(selection: Selection, { from = -Infinity, to = Infinity }: ChartRequest): Selection {
  if (from === -Infinity && to === Infinity) return selection
  return selection.map(({ chunk, runs }) => ({
    chunk,
    runs: runs.map((selected, row) => {
      const at = chunk.runNumbers.timestamp[row] ?? Number.NaN
      return at >= from && at <= to ? selected : 0
    }),
  }))
}

function durationChart(
  request: ChartRequest,
  selection: Selection,
  trendOf: (selection: Selection) => Trend,
): DurationChart {
  const zoomed = between(selection, request)
  const { points, unmeasured } = runPoints(zoomed)
  const { marks, markCount, unplacedCount } = marksOf(zoomed)
  const trend = trendOf(selection)
  const thin = thinExtremes(points, request.points ?? POINTS)
  const values = Float64Array.from(points, ({ value }) => value).sort()
  const smooth = points.length < SMOOTH_FROM ? [] : rollingMedian(points, POINTS)
  return {
    kind: 'duration',
    runs: points.length,
    points: thin,
    isThinned: thin.length < points.length,
    smooth,
    verdict: trend.verdict,
    changePoints: trend.changePoints.filter(
      ({ timestamp }) => timestamp >= (request.from ?? -Infinity) && timestamp <= (request.to ?? Infinity),
    ),
    marks: thinEvenly(marks, MARKS),
    markCount,
    unplacedCount,
    unmeasured: thinEvenly(unmeasured, UNMEASURED),
    unmeasuredCount: unmeasured.length,
    excludedCached: durationsOf(zoomed).excludedCached,
    from:
      request.from ??
      Math.min(points[0]?.at ?? Infinity, unmeasured[0]?.at ?? Infinity, marks[0]?.at ?? Infinity, LAST_TIME),
    to: request.to ?? Math.max(points.at(-1)?.at ?? 0, unmeasured.at(-1)?.at ?? 0, marks.at(-1)?.at ?? 0),
    ...definedMembers({
      median: quantile(values, 0.5),
      usual: values.length < USUAL_FROM ? undefined : rangeOf(values),
    }),
  }
}

/** The last time that a Date can be, epoch ms. */
const LAST_TIME = 8_640_000_000_000_000

function rangeOf(sorted: Float64Array): { readonly low: number; readonly high: number } | undefined {
  const low = quantile(sorted, 0.1)
  const high = quantile(sorted, 0.9)
  return low === undefined || high === undefined ? undefined : { low, high }
}

/** Runs with a duration, and those that ended without one, oldest first. */
function runPoints(selection: Selection): {
  readonly points: readonly DurationPoint[]
  readonly unmeasured: DurationChart['unmeasured']
} {
  const points: DurationPoint[] = []
  const unmeasured: { readonly runId: string; readonly at: number }[] = []
  for (const part of selection) {
    const counts = durationTest(part.chunk)
    eachRun([part], (chunk, row) => {
      const runId = chunk.runIds[row] ?? ''
      const at = chunk.runNumbers.timestamp[row] ?? 0
      const value = numberAt(chunk.runNumbers.averageDuration, row)
      if (value === undefined) {
        if (textAt(chunk.runTexts.status, row) !== 'running') unmeasured.push({ runId, at })
        return
      }
      let n = 0
      for (let scene = chunk.starts[row] ?? 0; scene < (chunk.starts[row + 1] ?? 0); scene++)
        n += Number(counts(scene))
      points.push({
        runId,
        at,
        value,
        n,
        ...definedMembers({ runName: textAt(chunk.runTexts.runName, row) }),
      })
    })
  }
  return { points: points.sort(byTime), unmeasured: unmeasured.sort(byTime) }
}

const byTime = (a: { readonly at: number }, b: { readonly at: number }): number => a.at - b.at

/** Scenes that broke and scenes that hit their limit, oldest first; those of unknown duration have no place on a chart. */
function marksOf(selection: Selection): Pick<DurationChart, 'marks' | 'markCount' | 'unplacedCount'> {
  const marks: DurationMark[] = []
  const markCount = { failed: 0, timeout: 0 }
  eachScene(selection, (chunk, scene, row) => {
    const status = textAt(chunk.sceneTexts.status, scene)
    if (status !== 'failed' && status !== 'timeout') return
    markCount[status] += 1
    const value = markValue(chunk, scene, status)
    if (value === undefined) return
    marks.push({
      kind: status,
      runId: chunk.runIds[row] ?? '',
      sceneId: textAt(chunk.sceneTexts.sceneId, scene) ?? '',
      at: chunk.runNumbers.timestamp[row] ?? 0,
      value,
    })
  })
  const unplacedCount = markCount.failed + markCount.timeout - marks.length
  return { marks: marks.sort(byTime), markCount, unplacedCount }
}

function markValue(chunk: ColumnChunk, scene: number, status: 'failed' | 'timeout'): number | undefined {
  const duration = numberAt(chunk.sceneNumbers.duration, scene)
  return status === 'timeout' ? (numberAt(chunk.sceneNumbers.limit, scene) ?? duration) : duration
}

function gpuChart(request: ChartRequest, selection: Selection): GpuChart {
  const refs: { readonly chunk: ColumnChunk; readonly scene: number; readonly row: number }[] = []
  for (const part of selection) {
    const counts = durationTest(part.chunk)
    const { vramFree, utilization } = part.chunk.sceneNumbers
    eachScene([part], (chunk, scene, row) => {
      const isMeasured = !Number.isNaN(vramFree[scene]) || !Number.isNaN(utilization[scene])
      if (isMeasured && counts(scene)) refs.push({ chunk, scene, row })
    })
  }
  const chosen = thinEvenly(refs, request.points ?? POINTS)
  return {
    kind: 'gpu',
    scenes: refs.length,
    isThinned: chosen.length < refs.length,
    points: chosen.map(({ chunk, scene, row }) => ({
      runId: chunk.runIds[row] ?? '',
      sceneId: textAt(chunk.sceneTexts.sceneId, scene) ?? '',
      at: chunk.runNumbers.timestamp[row] ?? 0,
      gpuName: textAt(chunk.sceneTexts.gpu, scene) ?? 'not known',
      duration: chunk.sceneNumbers.duration[scene] ?? 0,
      ...definedMembers({
        vramFree: numberAt(chunk.sceneNumbers.vramFree, scene),
        utilization: numberAt(chunk.sceneNumbers.utilization, scene),
      }),
    })),
  }
}
