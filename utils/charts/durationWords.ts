import type { ChangePoint, DurationChart, DurationMark, DurationPoint } from '../../types'
import { count, whole } from '../format/formatCount'
import { formatDuration, speakDuration } from '../format/formatDuration'
import { formatWhen } from '../format/formatTime'
import { sceneName } from '../format/sceneName'
import { shortName } from '../format/shortName'
import type { ChartTip, ChartWords } from './chartTypes'
import { FEW } from './durationShape'
import { formatDay, speakDay } from './timeAxis'

/** What a duration chart says in words. */
export function durationWords(chart: DurationChart): ChartWords {
  const { runs, median } = chart
  const title = 'Scene duration by run'
  if (runs === 0)
    return {
      title,
      summary: '0 runs',
      spoken: 'Duration of 0 runs. Nothing to show.',
      notes: notesOf(chart),
    }
  const verdict = verdictOf(chart, formatDay)
  const usual = median === undefined ? [] : [`median run ${formatDuration(median)}`]
  const spokenUsual = median === undefined ? [] : [`Median run ${speakDuration(median)}`]
  return {
    title,
    summary: [count(runs, 'run'), ...usual, verdict].join(' · '),
    spoken: [`Duration of ${count(runs, 'run')}`, ...spokenUsual, capital(verdictOf(chart, speakDay))].join(
      '. ',
    ),
    notes: notesOf(chart),
  }
}

/** Why a chart has no points, and what to do. */
export function emptyDuration({ unmeasuredCount, excludedCached }: DurationChart): string {
  const why = [
    ...(unmeasuredCount > 0 ? [`${count(unmeasuredCount, 'run')} completed no scene without the cache`] : []),
    ...(excludedCached > 0 ? [`${count(excludedCached, 'scene')} came from cache`] : []),
  ]
  return why.length === 0
    ? 'No run here yet. A run appears with its first completed scene.'
    : `No duration to show: ${why.join(', ')}. Widen the filter to see more runs.`
}

function verdictOf({ runs, changePoints, verdict }: DurationChart, day: (at: number) => string): string {
  const last = changePoints.at(-1)
  if (last) return `${last.ratio >= 1 ? 'slower' : 'faster'} since ${day(last.timestamp)}`
  if (runs < FEW) return `cannot tell yet: ${count(FEW - runs, 'more run')} needed`
  return verdict === 'same' ? 'no change shown' : 'cannot tell yet whether it changed'
}

function notesOf(chart: DurationChart): readonly string[] {
  const { excludedCached, marks, markCount, unplacedCount, unmeasured, unmeasuredCount } = chart
  const placed = markCount.failed + markCount.timeout - unplacedCount
  return [
    ...(excludedCached > 0 ? [`${count(excludedCached, 'cached scene')} left out`] : []),
    ...(placed > marks.length
      ? [`${whole(marks.length)} of ${whole(placed)} failed or stopped scenes marked, evenly`]
      : []),
    ...(unplacedCount > 0 ? [`${count(unplacedCount, 'failed scene')} without a time left out`] : []),
    ...(unmeasuredCount > unmeasured.length
      ? [`${whole(unmeasured.length)} of ${whole(unmeasuredCount)} runs without a duration marked, evenly`]
      : []),
  ]
}

/** `1.3× slower from 12 Nov · driver 570` */
export function changeLabel({ ratio, timestamp, differs }: ChangePoint): string {
  const what = differs[0] === undefined ? '' : ` · ${shortName(differs[0])}`
  const more = differs.length > 1 ? ` +${differs.length - 1}` : ''
  return `${changeRatio(ratio)} from ${formatDay(timestamp)}${what}${more}`
}

/** The flag where there is no room for more: `1.3× slower`. */
export const changeRatio = (ratio: number): string =>
  ratio >= 1 ? `${ratio.toFixed(2)}× slower` : `${(1 / ratio).toFixed(2)}× faster`

/** What a change point rests on. */
export function changeTip(change: ChangePoint): ChartTip {
  const { ratio, low, high, p, timestamp, differs } = change
  const [least, most] = ratio >= 1 ? [low, high] : [1 / high, 1 / low]
  return {
    title: `${changeRatio(ratio)} from ${formatDay(timestamp)}`,
    value: `95 % interval ${least.toFixed(2)}–${most.toFixed(2)}×, p ${formatP(p)}`,
    usual:
      differs.length === 0
        ? 'Nothing else is known to have changed there.'
        : `Changed there: ${differs.map(shortName).join(', ')}`,
  }
}

const formatP = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3))

/** What is said of a run on the line. */
export function pointTip(chart: DurationChart, point: DurationPoint, now: number): ChartTip {
  const failed = chart.marks.filter(({ runId, kind }) => runId === point.runId && kind === 'failed').length
  const stopped = chart.marks.filter(({ runId, kind }) => runId === point.runId && kind === 'timeout').length
  const usual = againstUsual(chart, point.value)
  return {
    title: runTitle(point, now),
    value: `${formatDuration(point.value)} a scene`,
    ...(usual === undefined ? {} : { usual }),
    status: [
      `${count(point.n, 'scene')} measured`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(stopped > 0 ? [`${stopped} stopped at the limit`] : []),
    ].join(', '),
  }
}

/** What is said of a scene beside the line. */
export function markTip(mark: DurationMark, now: number): ChartTip {
  const isFailed = mark.kind === 'failed'
  return {
    title: `${sceneName(shortName(mark.sceneId))}, ${formatWhen(mark.at, now)}`,
    value: isFailed
      ? `broke after ${formatDuration(mark.value)}`
      : `longer than ${formatDuration(mark.value)}, its limit`,
    status: isFailed ? 'failed' : 'timeout; it may have needed longer',
  }
}

/** What is said of a run in the lane. */
export const unmeasuredTip = ({ at }: { readonly at: number }, now: number): ChartTip => ({
  title: `Run of ${formatWhen(at, now)}`,
  value: 'no duration',
  status: 'no scene completed without the cache',
})

function againstUsual({ usual, median }: DurationChart, value: number): string | undefined {
  if (usual && value >= usual.low && value <= usual.high)
    return `within the usual ${formatDuration(usual.low)} to ${formatDuration(usual.high)}`
  if (median === undefined || median <= 0 || value <= 0) return undefined
  const times =
    value >= median ? `${(value / median).toFixed(2)}× over` : `${(median / value).toFixed(2)}× under`
  return `${times} the median run’s ${formatDuration(median)}`
}

const runTitle = ({ runName, at }: DurationPoint, now: number): string =>
  runName === undefined ? `Run of ${formatWhen(at, now)}` : `${shortName(runName)}, ${formatWhen(at, now)}`

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
