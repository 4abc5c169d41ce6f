import type { DurationChart, DurationMark, DurationPoint } from '../../types'
import { breakLine, findHoles, type Hole } from './breakLines'
import { durationTicks, logDurationTicks } from './durationAxis'
import { envelope, type EnvelopeBucket } from './envelope'
import { runAxis, type RunAxis } from './runAxis'
import type { Span } from './scale'

/** More points than this are drawn as an envelope; fewer runs than `FEW` don't tell anything yet. */
const MAX_LINE = 200
export const FEW = 8
/** Single points are drawn up to here. */
const MAX_DOTS = 60
/** The greatest value in medians from which a log scale is offered. */
const LOG_FROM = 20
/** Marks further above the line than this don't press it flat: they stand over the plot. */
const MARK_ROOM = 1.6

/** A duration chart ready to be drawn, in its own units: places of the run axis, ms. */
export interface DurationShape {
  readonly x: RunAxis
  readonly y: { readonly scale: 'linear' | 'log'; readonly domain: Span; readonly ticks: readonly number[] }
  readonly isLogOffered: boolean
  /** Parts of the line, cut where a run has no duration or nothing ran; empty where the envelope stands for it. */
  readonly line: readonly (readonly DurationPoint[])[]
  readonly dots: readonly DurationPoint[]
  readonly smooth: readonly (readonly { readonly at: number; readonly value: number }[])[]
  readonly envelope: readonly (readonly EnvelopeBucket[])[]
  readonly marks: readonly DurationMark[]
  /** Marks beyond the axis, shown over it. */
  readonly above: readonly DurationMark[]
  /** Limits that timeouts of the plot hit, ms. */
  readonly limits: readonly number[]
  readonly holes: readonly Hole[]
}

/** What a chart shows and how. `isLog` counts only where a log scale is offered. */
export function shapeDuration(chart: DurationChart, isLog: boolean): DurationShape {
  const { points, smooth, unmeasured } = chart
  const x = runAxis(chart)
  const isLogOffered = offersLog(chart)
  const y = isLog && isLogOffered ? logAxis(chart) : linearAxis(chart)
  const holes = x.by === 'time' ? findHoles(points.map(({ at }) => at)) : []
  const breaks = [...unmeasuredBreaks(chart, x), ...holes.map(({ from, to }) => (from + to) / 2)].sort(
    (a, b) => a - b,
  )
  const isEnvelope = chart.isThinned || points.length > MAX_LINE
  const top = y.domain[1]
  const marks = chart.marks.filter(({ value }) => value <= top)
  return {
    x,
    y,
    isLogOffered,
    line: isEnvelope ? [] : breakLine(points, breaks),
    dots: points.length <= MAX_DOTS ? points : [],
    smooth: breakLine(smooth, breaks),
    envelope: isEnvelope ? breakLine(envelope(points), breaks) : [],
    marks,
    above: chart.marks.filter(({ value }) => value > top),
    limits: [...new Set(marks.filter(({ kind }) => kind === 'timeout').map(({ value }) => value))],
    holes: unmeasured.length === 0 ? holes : holes.filter((hole) => !holds(hole, unmeasured)),
  }
}

/** A run without a duration breaks the line of those beside it; of thousands the envelope is drawn, which has no such places. */
function unmeasuredBreaks({ points, unmeasured }: DurationChart, x: RunAxis): readonly number[] {
  return x.by === 'run' || points.length <= MAX_LINE ? unmeasured.map(({ at }) => at) : []
}

const holds = ({ from, to }: Hole, runs: readonly { readonly at: number }[]): boolean =>
  runs.some(({ at }) => at > from && at < to)

function offersLog({ points, marks, median }: DurationChart): boolean {
  const most = Math.max(0, ...points.map(({ value }) => value), ...marks.map(({ value }) => value))
  return median !== undefined && median > 0 && most > LOG_FROM * median
}

function linearAxis({ points, usual, marks }: DurationChart): DurationShape['y'] {
  const line = Math.max(0, usual?.high ?? 0, ...points.map(({ value }) => value))
  const near = marks.map(({ value }) => value).filter((value) => line === 0 || value <= MARK_ROOM * line)
  const ticks = durationTicks(Math.max(1, line, ...near))
  return { scale: 'linear', domain: [0, ticks.at(-1) ?? 1], ticks }
}

function logAxis({ points, marks }: DurationChart): DurationShape['y'] {
  const values = [...points, ...marks].map(({ value }) => value).filter((value) => value > 0)
  const ticks = logDurationTicks(Math.min(...values), Math.max(...values))
  return { scale: 'log', domain: [ticks[0] ?? 1, ticks.at(-1) ?? 2], ticks }
}
