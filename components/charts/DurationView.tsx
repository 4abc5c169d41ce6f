import { useMemo, useState, type ReactElement } from 'react'
import type { DurationChart } from '../../types'
import { durationLegend } from '../../utils/charts/durationLegend'
import { shapeDuration } from '../../utils/charts/durationShape'
import { durationWords, emptyDuration } from '../../utils/charts/durationWords'
import { tableOf } from '../../utils/charts/tableOf'
import { ChartCard } from './ChartCard'
import type { ChartRange, ChartViewProps } from './chartProps'
import { DurationPlot } from './DurationPlot'
import { useHiddenParts } from './useHiddenParts'

/** Durations of runs over time. */
export function DurationView(props: ChartViewProps<DurationChart>): ReactElement {
  const { value, height, onOpenRun } = props
  const [isLog, setLog] = useState(false)
  const { hidden, toggle } = useHiddenParts()
  const zoom = useZoom(props)
  const shape = useMemo(() => shapeDuration(value, isLog), [value, isLog])
  const words = { ...durationWords(value), ...(props.title === undefined ? {} : { title: props.title }) }
  const tools = (
    <>
      {zoom.isZoomed && <ZoomButtons range={zoom.range} onAll={() => zoom.set(null)} onOnly={props.onOnly} />}
      {shape.isLogOffered && (
        <button
          type="button"
          className="tele-button tele-button-quiet"
          aria-pressed={isLog}
          onClick={() => setLog(!isLog)}
        >
          Log scale
        </button>
      )}
    </>
  )
  return (
    <ChartCard
      words={words}
      filterText={props.filterText}
      isSimulated={props.isSimulated}
      empty={value.points.length === 0 && value.marks.length === 0 ? emptyDuration(value) : undefined}
      legend={durationLegend(value, shape)}
      hidden={hidden}
      onToggle={toggle}
      onFilterValue={props.onFilterValue}
      table={() => tableOf(value)}
      tools={tools}
      height={height}
      plot={(width) => (
        <DurationPlot
          chart={value}
          shape={shape}
          width={width}
          height={height}
          hidden={hidden}
          name={words.title}
          onOpenRun={onOpenRun}
          onZoom={props.onZoom && zoom.set}
        />
      )}
    />
  )
}

function ZoomButtons(props: {
  readonly range: ChartRange | null
  readonly onAll: () => void
  readonly onOnly: ((range: ChartRange) => void) | undefined
}): ReactElement {
  const { range, onAll, onOnly } = props
  return (
    <>
      {range && onOnly && (
        <button type="button" className="tele-button" onClick={() => onOnly(range)}>
          Filter to this time
        </button>
      )}
      <button type="button" className="tele-button" onClick={onAll}>
        Show all
      </button>
    </>
  )
}

/** Whether a part is shown, and which, as far as this chart was the one to choose it. */
function useZoom({ isZoomed, onZoom }: ChartViewProps<DurationChart>): {
  readonly isZoomed: boolean
  readonly range: ChartRange | null
  readonly set: (range: ChartRange | null) => void
} {
  const [range, setRange] = useState<ChartRange | null>(null)
  const set = (next: ChartRange | null): void => {
    setRange(next)
    onZoom?.(next)
  }
  return { isZoomed: isZoomed ?? range !== null, range, set }
}
