import { useMemo, type ReactElement } from 'react'
import type { ChartTarget } from '../../utils/charts/chartTypes'
import type { Box } from '../../utils/charts/durationLayout'
import { formatDurationTick } from '../../utils/charts/durationAxis'
import type { GpuMetric, GpuShape, MeasuredPoint } from '../../utils/charts/gpuShape'
import { formatLoad, formatMemoryTick, metricWords, sceneTip } from '../../utils/charts/gpuWords'
import { marksPath } from '../../utils/charts/paths'
import { linearScale, type Scale } from '../../utils/charts/scale'
import { seriesColor, SERIES_COUNT, symbolPath } from '../../utils/charts/symbols'
import { PlotFrame } from './PlotFrame'
import { PlotSurface } from './PlotSurface'

const WEIGHTS = { x: 1, y: 1 } as const

interface GpuPlotProps {
  readonly shape: GpuShape
  readonly metric: GpuMetric
  readonly width: number
  readonly height: number
  readonly hidden: ReadonlySet<string>
  readonly name: string
  onOpenRun?: ((runId: string, sceneId?: string) => void) | undefined
}

/** The scatter's drawing and what it does when it is pointed at. The axes stay when a series is hidden. */
export function GpuPlot(props: GpuPlotProps): ReactElement {
  const { shape, metric, width, height, hidden, onOpenRun } = props
  const layout = useMemo(() => layOut(shape, width, height), [shape, width, height])
  const targets = useMemo(() => targetsOf(shape, layout, hidden, metric), [shape, layout, hidden, metric])
  const { box } = layout
  return (
    <PlotSurface
      name={props.name}
      width={width}
      area={box}
      targets={targets}
      weights={WEIGHTS}
      {...(onOpenRun
        ? { onOpen: ({ runId, sceneId }: ChartTarget) => runId !== undefined && onOpenRun(runId, sceneId) }
        : {})}
    >
      <PlotFrame
        width={width}
        height={height}
        box={box}
        x={{
          domain: layout.x.domain,
          ticks: shape.xTicks,
          text: metric === 'vramFree' ? formatMemoryTick : formatLoad,
        }}
        y={{ domain: layout.y.domain, ticks: shape.yTicks, text: formatDurationTick }}
        over={
          <g aria-hidden="true">
            <text
              x={box.left + box.width}
              y={height - 6}
              textAnchor="end"
              fontSize={12}
              fill="var(--tele-muted)"
            >
              {metricWords[metric].axis}
            </text>
            {shape.series.toReversed().map(({ id, series, points }) =>
              hidden.has(id) ? null : (
                <path
                  key={id}
                  d={marksPath(
                    points.map((point) => placeOf(point, layout)),
                    symbolPath(series, 3.5),
                  )}
                  fill={seriesColor(series)}
                  fillOpacity={series > SERIES_COUNT ? 0.5 : 0.85}
                  stroke="var(--tele-surface)"
                  strokeWidth={0.75}
                />
              ),
            )}
          </g>
        }
      />
    </PlotSurface>
  )
}

interface Layout {
  readonly box: Box
  readonly x: { readonly domain: readonly [number, number]; readonly scale: Scale }
  readonly y: { readonly domain: readonly [number, number]; readonly scale: Scale }
}

function layOut({ xTicks, yTicks }: GpuShape, width: number, height: number): Layout {
  const box = {
    left: 56,
    top: 12,
    width: Math.max(40, width - 56 - 24),
    height: Math.max(60, height - 12 - 24 - 16),
  }
  const x: readonly [number, number] = [0, xTicks.at(-1) ?? 1]
  const y: readonly [number, number] = [0, yTicks.at(-1) ?? 1]
  return {
    box,
    x: { domain: x, scale: linearScale(x, [box.left, box.left + box.width]) },
    y: { domain: y, scale: linearScale(y, [box.top + box.height, box.top]) },
  }
}

const placeOf = (point: MeasuredPoint, { x, y }: Layout) => ({
  x: x.scale(point.x),
  y: y.scale(point.duration),
})

const targetsOf = (
  { series }: GpuShape,
  layout: Layout,
  hidden: ReadonlySet<string>,
  metric: GpuMetric,
): readonly ChartTarget[] =>
  series
    .filter(({ id }) => !hidden.has(id))
    .flatMap(({ points }) => points)
    .map((point) => ({
      id: `${point.runId} ${point.sceneId} ${point.at}`,
      ...placeOf(point, layout),
      runId: point.runId,
      sceneId: point.sceneId,
      tip: (now: number) => sceneTip(point, metric, now),
    }))
    .sort((a, b) => a.x - b.x)
