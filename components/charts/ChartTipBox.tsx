import type { CSSProperties, ReactElement } from 'react'
import type { ChartTip } from '../../utils/charts/chartTypes'

/** Beside what it tells of, never over it; px within the plot. */
export function ChartTipBox(props: {
  readonly tip: ChartTip
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** What a press does; absent where it does nothing. */
  readonly hint: string | undefined
}): ReactElement {
  const { tip, hint } = props
  return (
    <div className="tele-chart-tip" style={placeOf(props)} aria-hidden="true">
      <p className="tele-chart-tip-title">{tip.title}</p>
      <p className="tele-figure">{tip.value}</p>
      {tip.usual !== undefined && <p>{tip.usual}</p>}
      {tip.status !== undefined && <p>{tip.status}</p>}
      {hint !== undefined && <p className="tele-muted">{hint}</p>}
    </div>
  )
}

const DISTANCE = 14

function placeOf(props: { x: number; y: number; width: number; height: number }): CSSProperties {
  const { x, y, width, height } = props
  const shift = x < width / 3 ? 0 : x > (2 * width) / 3 ? -100 : -50
  const isBelow = y < height / 2
  const nudge = shift === 0 ? -8 : shift === -100 ? 8 : 0
  return {
    left: x + nudge,
    top: isBelow ? y + DISTANCE : y - DISTANCE,
    transform: `translate(${shift}%, ${isBelow ? 0 : -100}%)`,
  }
}
