import type { ReactNode } from 'react'
import type { ChartFlag, ChartTarget } from '../../utils/charts/chartTypes'
import type { Box } from '../../utils/charts/durationLayout'
import type { MissWeights } from '../../utils/charts/nearest'

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
  /** What counts as near. */
  readonly weights: MissWeights
  readonly flags?: readonly ChartFlag[]
  /** Told of targets that a run or a value stands behind. */
  readonly onOpen?: (target: ChartTarget, isAlt: boolean) => void
  /** A stretch was brushed, px. */
  readonly onBrush?: (from: number, to: number) => void
  /** What Enter does. */
  readonly hint?: string
  /** Told what is pointed at; undefined when nothing is. */
  readonly onPoint?: ((target: ChartTarget | undefined) => void) | undefined
  /** What is pointed at in a chart beside this one: marked here too. */
  readonly echo?: ChartTarget | undefined
  readonly children: ReactNode
}
/** What is pointed at, and by what it was found. */
export interface Shown {
  readonly target: ChartTarget
  readonly isTouch: boolean
}
/** What a plot's pointer and keys share. */
export interface PlotState {
  readonly shown: Shown | undefined
  readonly setShown: (shown: Shown | undefined) => void
  readonly brush: Brush | undefined
  readonly setBrush: (brush: Brush | undefined) => void
}
