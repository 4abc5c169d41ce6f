import type { ReactElement } from 'react'
import type { GpuTrace } from '../../types'
import { thinTrace } from '../../utils/live/thinTrace'
import { tickText, timeTicks } from '../../utils/run/timeTicks'
import { TRACE_METRICS } from '../../utils/run/traceMetrics'
import { TraceFigure } from '../ui/TraceFigure'
import type { TimeRange } from './TimeAxis'

const MAX_POINTS = 300

/**
 * What was read of one GPU during an attempt, a figure each, in time since the attempt's first reading; what was never read is said.
 * `zoom` (epoch ms) shows a part of it, where the two meet.
 */
export default function TraceFigures(props: {
  readonly trace: GpuTrace
  readonly gpu: number
  readonly zoom?: TimeRange | undefined
}): ReactElement {
  const { trace, gpu, zoom } = props
  const points = thinTrace(trace, gpu, MAX_POINTS)
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return <p className="tele-muted">Nothing was read of GPU {gpu}.</p>
  const origin = first.at
  const [from, to] = meet({ from: origin, to: last.at }, zoom)
  const total = trace.points
    .flatMap(({ gpus }) => gpus)
    .find((reading) => reading.index === gpu && reading.vramTotal !== undefined)?.vramTotal
  const measured = TRACE_METRICS.filter(({ field }) => points.some((point) => point[field] !== null))
  const missing = TRACE_METRICS.filter((metric) => !measured.includes(metric))
  return (
    <div className="tele-figures">
      {measured.map((metric) => (
        <TraceFigure
          key={metric.field}
          lines={[{ id: metric.field, series: metric.series, points }]}
          field={metric.field}
          title={titleOf(metric, total)}
          max={
            metric.field === 'vramFree' && total !== undefined
              ? total
              : metric.max(Math.max(...points.map((point) => point[metric.field] ?? 0)))
          }
          domain={[from, to]}
          ticks={timeTicks(origin, from, to, 5)}
          timeTick={(at) => tickText(at - origin)}
          timeText={(at) => `${tickText(at - origin)} since the start`}
          tick={metric.tick}
          text={metric.text}
          height={128}
        />
      ))}
      {missing.length > 0 && (
        <p className="tele-muted">
          {missing.map(({ title }) => title.split(',')[0]).join(', ')}: not measured.
        </p>
      )}
      {trace.gaps.length > 0 && <p className="tele-muted">The lines break where nothing was read.</p>}
    </div>
  )
}

const GIGABYTE = 2 ** 30

const titleOf = ({ field, title }: (typeof TRACE_METRICS)[number], total: number | undefined): string =>
  field === 'vramFree' && total !== undefined ? `${title} of ${Math.round(total / GIGABYTE)}` : title

/** A zoom beside the attempt would show nothing: then all of it is shown. */
function meet(whole: TimeRange, zoom: TimeRange | undefined): readonly [number, number] {
  const from = Math.max(whole.from, zoom?.from ?? -Infinity)
  const to = Math.min(whole.to, zoom?.to ?? Infinity)
  return from < to ? [from, to] : [whole.from, Math.max(whole.to, whole.from + 1)]
}
