import type { ReactElement } from 'react'
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts'

export interface PlainPoint {
  readonly at: number
  readonly value: number
}

/** Row C1's reference: Recharts as its examples have it, animation off. */
export function PlainChart(props: {
  readonly points: readonly PlainPoint[]
  readonly width: number
}): ReactElement {
  return (
    <LineChart width={props.width} height={240} data={[...props.points]}>
      <CartesianGrid vertical={false} />
      <XAxis dataKey="at" type="number" domain={['dataMin', 'dataMax']} />
      <YAxis />
      <Tooltip />
      <Line dataKey="value" dot={false} isAnimationActive={false} />
    </LineChart>
  )
}

/** Row C2's reference: a line and nothing else. */
export function BareLine(props: {
  readonly points: readonly PlainPoint[]
  readonly width: number
}): ReactElement {
  return (
    <LineChart width={props.width} height={240} data={[...props.points]}>
      <Line dataKey="value" dot={false} isAnimationActive={false} />
    </LineChart>
  )
}
