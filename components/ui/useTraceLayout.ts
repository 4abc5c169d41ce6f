import { useMemo } from 'react'
import type { ChartTarget } from '../../utils/charts/chartTypes'
import type { Box } from '../../utils/charts/durationLayout'
import { linearScale, type Scale } from '../../utils/charts/scale'
import { traceLine } from '../../utils/charts/traceLine'
import { traceTargets, type PlacedTrace } from '../../utils/charts/traceTargets'
import { TRACE_EDGE, type TracePlotProps, type TraceSource } from './traceProps'

/** A line of a trace chart where it is drawn. */
export type TraceDrawing = PlacedTrace & Pick<TraceSource<string>, 'isStrong' | 'short'>
/** A trace chart in px. */
export interface TraceLayout {
  readonly area: Box
  readonly x: Scale
  readonly y: Scale
  readonly lines: readonly TraceDrawing[]
  readonly targets: readonly ChartTarget[]
}

/** Where everything of a trace chart stands; laid out again only when what it is of has changed. */
export function useTraceLayout<F extends string>(
  props: TracePlotProps<F> & { readonly width: number },
): TraceLayout {
  const { lines: sources, field, title, max, width, height, timeText, text } = props
  const [from, to] = props.domain
  const place = useMemo(() => {
    const area = {
      left: TRACE_EDGE.left,
      top: TRACE_EDGE.top,
      width: Math.max(40, width - TRACE_EDGE.left - TRACE_EDGE.right),
      height: height - TRACE_EDGE.top - TRACE_EDGE.axis,
    }
    const x = linearScale([from, to], [area.left, area.left + area.width])
    const y = linearScale([0, Math.max(max, Number.MIN_VALUE)], [area.top + area.height, area.top])
    const lines = sources.map(({ points, ...line }): TraceDrawing => ({
      ...line,
      parts: traceLine(points, field, [from, to], x, y),
    }))
    return { area, x, y, lines }
  }, [sources, field, from, to, max, width, height])
  const { lines } = place
  const targets = useMemo(
    () => traceTargets(lines, { time: timeText, value: text, what: what(title) }),
    [lines, timeText, text, title],
  )
  return { ...place, targets }
}

const what = (title: string): string => (title.split(',')[0] ?? '').toLowerCase().replace('vram', 'VRAM')
