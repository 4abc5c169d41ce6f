import { useMemo, useState, type ReactElement } from 'react'
import type { GpuChart } from '../../types'
import { shapeGpu, type GpuMetric, type GpuSeries } from '../../utils/charts/gpuShape'
import { gpuWords } from '../../utils/charts/gpuWords'
import type { LegendItem } from '../../utils/charts/chartTypes'
import { seriesColor, symbolPath } from '../../utils/charts/symbols'
import { tableOf } from '../../utils/charts/tableOf'
import { shortName } from '../../utils/format/shortName'
import { ChartCard } from './ChartCard'
import type { ChartViewProps } from './chartProps'
import { GpuPlot } from './GpuPlot'
import { useHiddenParts } from './useHiddenParts'

const CHOICES: readonly (readonly [GpuMetric, string])[] = [
  ['vramFree', 'Free VRAM'],
  ['utilization', 'GPU busy'],
]

/** Scenes by GPU: how long they ran against what their GPU had free, or how busy it was. */
export function GpuView(props: ChartViewProps<GpuChart>): ReactElement {
  const { value, height } = props
  const [chosen, setChosen] = useState<GpuMetric>('vramFree')
  const metric = props.metric ?? chosen
  const { hidden, toggle } = useHiddenParts()
  const shape = useMemo(() => shapeGpu(value, metric), [value, metric])
  const words = {
    ...gpuWords(value, shape, metric),
    ...(props.title === undefined ? {} : { title: props.title }),
  }
  const isEmpty = value.points.length === 0
  return (
    <ChartCard
      words={words}
      filterText={props.filterText}
      isSimulated={props.isSimulated}
      empty={
        isEmpty
          ? 'No scene with its GPU measured. The telemetry node measures every scene that ComfyUI runs.'
          : undefined
      }
      legend={shape.series.map(keyOf)}
      hidden={hidden}
      onToggle={toggle}
      onFilterValue={props.onFilterValue}
      table={() => tableOf(value)}
      choice={props.metric === undefined && <MetricChoice metric={metric} onChoose={setChosen} />}
      height={height}
      plot={(width) => (
        <GpuPlot
          shape={shape}
          metric={metric}
          width={width}
          height={height}
          hidden={hidden}
          name={words.title}
          onOpenRun={props.onOpenRun}
        />
      )}
    />
  )
}

const keyOf = ({ id, name, value, series, points }: GpuSeries): LegendItem => ({
  id,
  ...(value !== undefined && { value }),
  name: shortName(name),
  n: points.length,
  sign: { path: `M0,0${symbolPath(series, 4.5)}`, fill: seriesColor(series) },
})

function MetricChoice(props: {
  readonly metric: GpuMetric
  readonly onChoose: (metric: GpuMetric) => void
}): ReactElement {
  return (
    <span className="tele-choice" role="group" aria-label="Against">
      {CHOICES.map(([id, name]) => (
        <button key={id} type="button" aria-pressed={id === props.metric} onClick={() => props.onChoose(id)}>
          {name}
        </button>
      ))}
    </span>
  )
}
