import { useState, type ReactElement, type ReactNode } from 'react'
import type { ChartFlag, ChartTarget } from '../../utils/charts/chartTypes'
import type { Box } from '../../utils/charts/durationLayout'
import { ChartTipBox } from './ChartTipBox'
import { usePlotKeys } from './usePlotKeys'
import { usePlotPointer } from './usePlotPointer'

/** A stretch that is being brushed, px. */
export interface Brush {
  readonly from: number
  readonly to: number
}
export interface PlotSurfaceProps {
  /** What the points are of, read out. */
  readonly name: string
  readonly width: number
  /** Where it listens, px. */
  readonly area: Box
  /** From left to right. */
  readonly targets: readonly ChartTarget[]
  readonly flags?: readonly ChartFlag[]
  readonly onOpen?: (target: ChartTarget, isAlt: boolean) => void
  /** A stretch was brushed, px. */
  readonly onBrush?: (from: number, to: number) => void
  /** What Enter does. */
  readonly hint?: string
  readonly children: ReactNode
}
/** What is pointed at, and by what it was found. */
export interface Shown {
  readonly target: ChartTarget
  readonly isTouch: boolean
}

/**
 * A drawing that can be pointed at, tapped, walked by arrow keys and brushed. For a screen reader it is a slider over its points, for
 * that is what tells each value as it is reached.
 */
export function PlotSurface(props: PlotSurfaceProps): ReactElement {
  const { targets, flags = [], area, width } = props
  const [shown, setShown] = useState<Shown>()
  const [brush, setBrush] = useState<Brush>()
  // Only whether something was today is told by it.
  const [now] = useState(Date.now)
  const pointer = usePlotPointer(props, { shown, setShown, brush, setBrush })
  const keys = usePlotKeys(props, { shown, setShown, brush, setBrush })
  const index = targets.findIndex(({ id }) => id === shown?.target.id)
  // The data may have changed under what was pointed at.
  const target = targets[index] ?? flags.find(({ id }) => id === shown?.target.id)
  const tip = target?.tip(now)
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
        aria-valuetext={
          tip
            ? [...Object.values(tip), hintOf(props, shown)].filter((text) => text !== undefined).join(', ')
            : 'none chosen; arrow keys move'
        }
        className="tele-chart-area"
        style={{ left: area.left, top: area.top, width: area.width, height: area.height }}
        {...pointer}
        {...keys}
      />
      {flags.map((flag) => (
        <button
          key={flag.id}
          type="button"
          className="tele-chart-flag"
          aria-label={flag.name}
          style={{ left: flag.left, top: flag.y - 4, width: flag.width }}
          onFocus={() => setShown({ target: flag, isTouch: false })}
          onPointerEnter={() => setShown({ target: flag, isTouch: false })}
          onPointerLeave={() => setShown(undefined)}
          onBlur={() => setShown(undefined)}
          onClick={() => setShown({ target: flag, isTouch: true })}
        />
      ))}
      {brush && (
        <div
          className="tele-chart-brush"
          style={{
            left: Math.min(brush.from, brush.to),
            width: Math.abs(brush.to - brush.from),
            top: area.top,
            height: area.height,
          }}
        />
      )}
      {target && tip && !brush && (
        <>
          <span className="tele-chart-cursor" style={{ left: target.x, top: target.y }} />
          <ChartTipBox
            tip={tip}
            x={target.x}
            y={target.y}
            width={width}
            height={area.top + area.height}
            hint={index < 0 ? undefined : hintOf(props, shown)}
          />
        </>
      )}
    </div>
  )
}

function hintOf({ onOpen, hint = 'opens' }: PlotSurfaceProps, shown: Shown | undefined): string | undefined {
  if (!onOpen) return undefined
  return shown?.isTouch ? `Tap again: ${hint}` : `Enter ${hint}`
}
