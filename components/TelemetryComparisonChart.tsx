import { Suspense, useEffect, type ReactElement } from 'react'
import { ChartSkeleton } from './charts/ChartSkeleton'
import type { TelemetryComparisonChartProps } from './charts/chartProps'
import { lazyPart } from './ui/lazyPart'
import './theme/tokens.css'
import './theme/parts.css'
import './charts/charts.css'

const loadView = async () => import('./charts/ChartView')
const ChartView = lazyPart(loadView)
const HEIGHT = 240

/**
 * A chart of past runs: durations over time, success rates of groups, or scenes by GPU, whichever series it is given. With a caption, a
 * table of the same and exports. Until the series or the drawing code is there, a skeleton of the same size.
 */
export function TelemetryComparisonChart(props: TelemetryComparisonChartProps): ReactElement {
  const { value, height = HEIGHT, ...rest } = props
  // The code comes while the series is being read.
  useEffect(() => void loadView(), [])
  const skeleton = (
    <ChartSkeleton height={height} {...(rest.title === undefined ? {} : { title: rest.title })} />
  )
  if (!value) return skeleton
  return (
    <Suspense fallback={skeleton}>
      <ChartView value={value} height={height} {...rest} />
    </Suspense>
  )
}
/** Hosts import it either way. @public */
export default TelemetryComparisonChart
