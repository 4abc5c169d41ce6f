import { useMemo, type ReactElement } from 'react'
import type { DurationChart } from '../../types'
import type { ChartTarget } from '../../utils/charts/chartTypes'
import { layOutDuration } from '../../utils/charts/durationLayout'
import type { DurationShape } from '../../utils/charts/durationShape'
import { durationFlags, durationTargets } from '../../utils/charts/durationTargets'
import type { ChartRange } from './chartProps'
import { DurationDrawing } from './DurationDrawing'
import { PlotSurface } from './PlotSurface'

/** One points at a time, then at what stands there. */
const WEIGHTS = { x: 1, y: 0.25 } as const

/** A duration chart and what it does when it is pointed at. */
export function DurationPlot(props: {
  readonly chart: DurationChart
  readonly shape: DurationShape
  readonly width: number
  readonly height: number
  readonly hidden: ReadonlySet<string>
  readonly name: string
  onOpenRun?: ((runId: string, sceneId?: string) => void) | undefined
  onZoom?: ((range: ChartRange) => void) | undefined
}): ReactElement {
  const { chart, shape, width, height, hidden, onOpenRun, onZoom } = props
  const layout = useMemo(() => layOutDuration(chart, shape, width, height), [chart, shape, width, height])
  const targets = useMemo(() => durationTargets(chart, shape, layout, hidden), [chart, shape, layout, hidden])
  const flags = useMemo(() => durationFlags(chart, layout), [chart, layout])
  const top = layout.aboveY - 12
  const open = ({ runId, sceneId }: ChartTarget): void => {
    if (runId !== undefined) onOpenRun?.(runId, sceneId)
  }
  const timeAt = (pixel: number): number => shape.x.timeAt(layout.x.invert(pixel))
  const zoom = (from: number, to: number): void =>
    onZoom?.({ from: Math.floor(timeAt(from)), to: Math.ceil(timeAt(to)) })
  return (
    <PlotSurface
      name={props.name}
      width={width}
      area={{ ...layout.box, top, height: layout.height - top }}
      targets={targets}
      weights={WEIGHTS}
      flags={flags}
      {...(onOpenRun && { onOpen: open })}
      {...(onZoom && { onBrush: zoom })}
    >
      <DurationDrawing chart={chart} shape={shape} layout={layout} hidden={hidden} />
    </PlotSurface>
  )
}
