import { useState, type ReactElement } from 'react'
import type { ChartTarget, ChartTip } from '../../utils/charts/chartTypes'
import { isOpenable } from '../../utils/charts/nearest'
import type { Box } from '../../utils/charts/durationLayout'
import { ChartTipBox } from './ChartTipBox'
import { FlagButtons } from './FlagButtons'
import type { Brush, PlotSurfaceProps, Shown } from './plotTypes'
import { usePlotKeys } from './usePlotKeys'
import { usePlotPointer } from './usePlotPointer'

/**
 * A drawing that can be pointed at, tapped, walked by arrow keys and brushed. For a screen reader it is a slider over its points, for
 * that is what tells each value as it is reached.
 */
export function PlotSurface(props: PlotSurfaceProps): ReactElement {
  const { targets, flags = [], area, width, echo } = props
  const [shown, keepShown] = useState<Shown>()
  const setShown = (next: Shown | undefined): void => {
    keepShown(next)
    props.onPoint?.(next?.target)
  }
  const [brush, setBrush] = useState<Brush>()
  // Only whether something was today is told by it.
  const [now] = useState(Date.now)
  const pointer = usePlotPointer(props, { shown, setShown, brush, setBrush })
  const keys = usePlotKeys(props, { shown, setShown, brush, setBrush })
  const index = targets.findIndex(({ id }) => id === shown?.target.id)
  // The data may have changed under what was pointed at.
  const target = targets[index] ?? flags.find(({ id }) => id === shown?.target.id)
  const tip = target?.tip(now)
  const hint = index < 0 ? undefined : hintOf(props, shown)
  return (
    <div className="tele-chart-plot" style={{ inlineSize: width }}>
      {props.children}
      <div
        role="slider"
        tabIndex={targets.length === 0 ? -1 : 0}
        aria-label={`Points of ${props.name}`}
        aria-valuemin={0}
        aria-valuemax={targets.length}
        aria-valuenow={index + 1}
        aria-valuetext={tip && index >= 0 ? spoken(tip, hint) : 'none chosen; arrow keys move'}
        className={hint === undefined ? 'tele-chart-area' : 'tele-chart-area tele-chart-opens'}
        style={area}
        {...pointer}
        {...keys}
      />
      <FlagButtons flags={flags} onShow={(flag) => setShown(flag && { target: flag, isTouch: false })} />
      {!shown && echo && <Cursor target={echo} area={area} />}
      {brush && <BrushBox brush={brush} area={area} />}
      {index >= 0 && target && !brush && <Cursor target={target} area={area} />}
      {target && tip && !brush && (
        <ChartTipBox
          tip={tip}
          x={target.x}
          y={target.y}
          width={width}
          height={area.top + area.height}
          hint={hint}
        />
      )}
    </div>
  )
}

const spoken = ({ title, value, usual, status }: ChartTip, hint: string | undefined): string =>
  [title, value, usual, status, hint].filter((text) => text !== undefined).join(', ')

function hintOf({ onOpen, hint = 'opens' }: PlotSurfaceProps, shown: Shown | undefined): string | undefined {
  if (!onOpen || !shown || !isOpenable(shown.target)) return undefined
  return shown.isTouch ? `Tap again: ${hint}` : `Enter ${hint}`
}

function Cursor({ target, area }: { readonly target: ChartTarget; readonly area: Box }): ReactElement {
  const { x, marks } = target
  return (
    <>
      {marks && <span className="tele-chart-crosshair" style={{ ...area, left: x, width: 1 }} />}
      {(marks ?? [target]).map((mark, i) => (
        <span key={i} className="tele-chart-cursor" style={{ left: mark.x, top: mark.y }} />
      ))}
    </>
  )
}

function BrushBox({ brush, area }: { readonly brush: Brush; readonly area: Box }): ReactElement {
  const left = Math.min(brush.from, brush.to)
  const width = Math.abs(brush.to - brush.from)
  return <div className="tele-chart-brush" style={{ ...area, left, width }} />
}
