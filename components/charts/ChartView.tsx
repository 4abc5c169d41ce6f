import type { ReactElement } from 'react'
import type { TelemetryComparisonChartProps } from './chartProps'
import { DurationView } from './DurationView'
import { GpuView } from './GpuView'
import { RatesView } from './RatesView'

type Props = TelemetryComparisonChartProps & {
  readonly value: NonNullable<TelemetryComparisonChartProps['value']>
  readonly height: number
}

/** The chart that its series asks for. Loaded on demand, for the chart library comes with it. */
export default function ChartView({ value, ...rest }: Props): ReactElement {
  switch (value.kind) {
    case 'duration':
      return <DurationView value={value} {...rest} />
    case 'rates':
      return <RatesView value={value} {...rest} />
    case 'gpu':
      return <GpuView value={value} {...rest} />
  }
}
