import { useState, type ReactElement } from 'react'
import type { ChartRequest, TelemetryChart, TelemetryFilter } from '../../types'
import { runHref, useChart, useHeld, useIsSimulated, usePreference } from '../../utils/hooks'
import type { ChartRange } from '../charts/chartProps'
import type { PickValue } from '../filter/FilterValue'
import { TelemetryComparisonChart } from '../TelemetryComparisonChart'

/** Of each drawing, px. */
const HEIGHT = 160
/** Groups that have room in that height, with the line that tells of the others. */
const ROWS = 3

/** What a chart of the history is given. */
export interface HistoryChartProps {
  readonly filter: TelemetryFilter
  /** Without the runs that came since: the charts are of the runs that the table shows. */
  readonly asOf?: number | undefined
  /** What the filter asks for and how many runs match, for the caption; undefined until that is known. */
  readonly filterText: string | undefined
  readonly onFilterValue?: PickValue | undefined
  /** Only runs that began in a stretch of time are wanted. */
  readonly onFilterTime?: ((range: ChartRange) => void) | undefined
}

/** A chart of the runs that match. While another filter's is being read the last one stays, under its own caption. */
export function ChosenChart(
  props: HistoryChartProps & { readonly kind: TelemetryChart['kind'] },
): ReactElement {
  const { kind, filter, asOf, filterText, onFilterValue, onFilterTime } = props
  const [by, setBy] = usePreference('historyChartBy', ['gpuName', 'workflow', 'model', 'policy', 'day'])
  const zoom = useZoom(JSON.stringify(filter))
  const isSimulated = useIsSimulated()
  const request: ChartRequest = { kind, filter, asOf, ...(kind === 'rates' ? { by } : zoom.range) }
  const { value, loading, error } = useChart(request)
  const caption = useHeld(filterText, loading || filterText === undefined)
  if (error !== null && !value) return <p role="alert">{error}</p>
  return (
    <TelemetryComparisonChart
      value={value}
      height={HEIGHT}
      rows={ROWS}
      isSimulated={isSimulated}
      isZoomed={zoom.range !== null}
      onZoom={zoom.set}
      onBy={setBy}
      onOpenRun={openRun}
      {...(caption !== undefined && { filterText: caption })}
      {...(onFilterValue && { onFilterValue })}
      {...(onFilterTime && { onOnly: onFilterTime })}
    />
  )
}

function openRun(runId: string, sceneId?: string): void {
  location.hash = runHref(runId, sceneId)
}

/** The times that are shown, null for all; another list of runs is shown whole again. */
function useZoom(list: string): {
  readonly range: ChartRange | null
  readonly set: (range: ChartRange | null) => void
} {
  const [zoom, setZoom] = useState<{ readonly range: ChartRange | null; readonly list: string }>()
  return {
    range: zoom?.list === list ? zoom.range : null,
    set: (range) => setZoom({ range, list }),
  }
}
