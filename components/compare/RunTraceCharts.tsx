import { useMemo, useState, type ReactElement } from 'react'
import type { RunTrace, RunTraces } from '../../utils/comparison/runTraces'
import { topOf } from '../../utils/comparison/runTraces'
import {
  endOf,
  measureName,
  measuresOf,
  traceKey,
  traceTable,
  traceWords,
} from '../../utils/comparison/traceWords'
import { useIsSimulated } from '../../utils/hooks'
import { tickText, timeTicks } from '../../utils/run/timeTicks'
import type { TraceMetric } from '../../utils/run/traceMetrics'
import { ChartCard } from '../charts/ChartCard'
import { useHiddenParts } from '../charts/useHiddenParts'
import { TracePlot } from '../ui/TracePlot'
import '../charts/charts.css'

const HEIGHT_PX = 240

/**
 * A chart for each measure that was read, with a line for each run; what was not read is said. A run that is hidden
 * is so in all, and what is pointed at in one is marked in all.
 */
export default function RunTraceCharts({ traces, silent }: RunTraces): ReactElement {
  const { hidden, toggle } = useHiddenParts()
  const [pointedAt, setPointedAt] = useState<number>()
  const { measured, missing } = useMemo(() => measuresOf(traces), [traces])
  return (
    <>
      <div className="tele-compare-charts">
        {measured.map((metric) => (
          <MeasureChart
            key={metric.field}
            metric={metric}
            traces={traces}
            hidden={hidden}
            onToggle={toggle}
            pointedAt={pointedAt}
            onPoint={setPointedAt}
          />
        ))}
      </div>
      {missing.length > 0 && (
        <p className="tele-muted">{missing.map(measureName).join(', ')}: not measured.</p>
      )}
      {silent.length > 0 && <p className="tele-muted">No readings were saved of {silent.join(', ')}.</p>}
    </>
  )
}

function MeasureChart(props: {
  readonly metric: TraceMetric
  readonly traces: readonly RunTrace[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly pointedAt: number | undefined
  readonly onPoint: (at: number | undefined) => void
}): ReactElement {
  const { metric, traces, hidden, onToggle, pointedAt, onPoint } = props
  const words = useMemo(() => traceWords(traces, metric), [traces, metric])
  const max = useMemo(() => topOf(traces, metric), [traces, metric])
  const lines = useMemo(() => traces.filter(({ id }) => !hidden.has(id)).map(lineOf), [traces, hidden])
  const end = Math.max(1, endOf(traces))
  return (
    <ChartCard
      words={words}
      filterText={undefined}
      isSimulated={useIsSimulated()}
      legend={traces.map(traceKey)}
      hidden={hidden}
      onToggle={onToggle}
      onFilterValue={undefined}
      table={() => traceTable(traces, metric)}
      height={HEIGHT_PX}
      plot={(width) => (
        <TracePlot
          lines={lines}
          field={metric.field}
          title={words.title}
          max={max}
          domain={[0, end]}
          ticks={timeTicks(0, 0, end, width < 480 ? 4 : 6)}
          timeTick={tickText}
          timeText={sinceStart}
          tick={metric.tick}
          text={metric.text}
          width={width}
          height={HEIGHT_PX}
          pointedAt={pointedAt}
          onPoint={onPoint}
        />
      )}
    />
  )
}

const sinceStart = (at: number): string => `${tickText(at)} since the start`

const lineOf = ({ id, name, letter, series, isBase, points }: RunTrace) => ({
  id,
  name,
  short: letter,
  series,
  isStrong: isBase,
  points,
})
