import { useState, type ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { runHref, useChart, useIsSimulated, usePreference } from '../../utils/hooks'
import type { ChartRange } from '../charts/chartProps'
import { TelemetryComparisonChart } from '../TelemetryComparisonChart'

/** Of the drawing, px: with caption and legend a third of a small window. */
const HEIGHT = 120
/** Where the table has two lines a run the chart is folded until somebody opens it. */
const NARROW_PX = 640

/** How long scenes took over time, of the runs that match; can be folded, and is then not asked for. */
export function HistoryChart(props: {
  readonly filter: TelemetryFilter
  /** Without the runs that came since: the chart is of the runs that the table shows. */
  readonly asOf: number | undefined
  /** The filter as it is written, for the caption. */
  readonly filterText: string
}): ReactElement {
  const [choice, choose] = usePreference('historyChart', ['usual', 'open', 'folded'])
  const isOpen = choice === 'usual' ? globalThis.innerWidth >= NARROW_PX : choice === 'open'
  return (
    <details
      className="tele-history-chart"
      open={isOpen}
      onToggle={({ currentTarget }) => currentTarget.open !== isOpen && choose(isOpen ? 'folded' : 'open')}
    >
      <summary>Duration over time</summary>
      {isOpen && <Durations key={JSON.stringify(props.filter)} {...props} />}
    </details>
  )
}

function Durations({ filter, asOf, filterText }: Parameters<typeof HistoryChart>[0]): ReactElement {
  const [zoom, setZoom] = useState<ChartRange | null>(null)
  const isSimulated = useIsSimulated()
  const { value, error } = useChart({ kind: 'duration', filter, asOf, ...zoom })
  if (error !== null && !value) return <p role="alert">{error}</p>
  return (
    <TelemetryComparisonChart
      value={value}
      height={HEIGHT}
      filterText={filterText}
      isSimulated={isSimulated}
      isZoomed={zoom !== null}
      onZoom={setZoom}
      onOpenRun={openRun}
    />
  )
}

function openRun(runId: string, sceneId?: string): void {
  location.hash = runHref(runId, sceneId)
}
