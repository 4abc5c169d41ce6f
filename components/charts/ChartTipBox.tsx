import type { CSSProperties, ReactElement } from 'react'
import type { ChartTip, TipRow } from '../../utils/charts/chartTypes'
import { seriesColor, symbolPath } from '../../utils/charts/symbols'

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
      {tip.rows ? <TipRows rows={tip.rows} /> : <p className="tele-figure">{tip.value}</p>}
      {tip.usual !== undefined && <p>{tip.usual}</p>}
      {tip.status !== undefined && <p>{tip.status}</p>}
      {hint !== undefined && <p className="tele-muted">{hint}</p>}
    </div>
  )
}

function TipRows({ rows }: { readonly rows: readonly TipRow[] }): ReactElement {
  return (
    <ul className="tele-chart-tip-rows">
      {rows.map(({ id, series, name, text }) => (
        <li key={id}>
          <svg width="12" height="12" viewBox="-6 -6 12 12">
            <path d={`M0,0${symbolPath(series, 4)}`} fill={seriesColor(series)} />
          </svg>
          <span>{name}</span>
          <span className="tele-figure">{text}</span>
        </li>
      ))}
    </ul>
  )
}

const DISTANCE = 14

interface TipPlace {
  readonly tip: ChartTip
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const placeOf = (place: TipPlace): CSSProperties => (place.tip.rows ? beside(place) : overOrUnder(place))

/** Of several series: on the side with more room, for the crosshair is what it must not cover. */
function beside({ x, width }: TipPlace): CSSProperties {
  const isRight = x < width / 2
  return {
    left: isRight ? x + DISTANCE : x - DISTANCE,
    top: 0,
    maxInlineSize: (isRight ? width - x : x) - DISTANCE,
    transform: isRight ? undefined : 'translateX(-100%)',
  }
}

function overOrUnder({ x, y, width, height }: TipPlace): CSSProperties {
  const shift = x < width / 3 ? 0 : x > (2 * width) / 3 ? -100 : -50
  const isBelow = y < height / 2
  const nudge = shift === 0 ? -8 : shift === -100 ? 8 : 0
  return {
    left: x + nudge,
    top: isBelow ? y + DISTANCE : y - DISTANCE,
    transform: `translate(${shift}%, ${isBelow ? 0 : -100}%)`,
  }
}
