import type { ReactElement } from 'react'
import './IntervalBar.css'

/** The bar spans a half to twice the usual; what lies beyond is cut at its end. */
const SPAN = 2

/** An interval of ratios around the usual, on a logarithmic scale. Decoration: its figures stand beside it. */
export function IntervalBar(props: {
  readonly value: number
  readonly low: number
  readonly high: number
}): ReactElement {
  const low = place(props.low)
  return (
    <span className="tele-interval" aria-hidden="true">
      <span className="tele-interval-usual" />
      <span
        className="tele-interval-range"
        style={{ insetInlineStart: `${low}%`, inlineSize: `${Math.max(1, place(props.high) - low)}%` }}
      />
      <span className="tele-interval-value" style={{ insetInlineStart: `${place(props.value)}%` }} />
    </span>
  )
}

const place = (ratio: number): number =>
  ratio > 0 ? Math.min(100, Math.max(0, 50 + (50 * Math.log(ratio)) / Math.log(SPAN))) : 0
