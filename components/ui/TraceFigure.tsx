import type { ReactElement } from 'react'
import { useWidth } from '../charts/useWidth'
import { TracePlot } from './TracePlot'
import type { TracePlotProps } from './traceProps'
import '../charts/charts.css'

/** A trace chart under its title. */
export function TraceFigure<F extends string>(props: TracePlotProps<F>): ReactElement {
  const { ref, width } = useWidth<HTMLDivElement>()
  return (
    <figure>
      <figcaption>{props.title}</figcaption>
      <div ref={ref} style={{ blockSize: props.height }}>
        {width !== undefined && <TracePlot {...props} width={width} />}
      </div>
    </figure>
  )
}
