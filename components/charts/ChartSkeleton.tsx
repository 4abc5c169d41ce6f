import type { ReactElement } from 'react'

/** Holds a chart's place until it can be drawn. */
export function ChartSkeleton(props: { readonly title?: string; readonly height: number }): ReactElement {
  return (
    <div className="tele tele-chart" aria-busy="true">
      <div className="tele-chart-head">
        <p className="tele-chart-title">
          {props.title ?? <span className="tele-unseen">Reading the chart…</span>}
        </p>
        <p className="tele-chart-summary" />
      </div>
      <div className="tele-chart-tools" />
      <div className="tele-chart-legend" />
      <div className="tele-chart-bones" style={{ blockSize: props.height }} />
      <div className="tele-chart-notes" />
    </div>
  )
}
