/** A line of a trace chart: its readings in order of `at`, null where it breaks, and how it looks. */
export interface TraceSource<F extends string> {
  readonly id: string
  /** Whose it is, where there may be several: then the lines bear signs, and one tooltip tells of all. */
  readonly name?: string
  /** What stands at its end. */
  readonly short?: string
  /** Its colour, dash and sign. */
  readonly series: number
  /** What the others are held against. */
  readonly isStrong?: boolean
  readonly points: readonly ({ readonly at: number } & Readonly<Record<F, number | null>>)[]
}
export interface TracePlotProps<F extends string> {
  readonly lines: readonly TraceSource<F>[]
  readonly field: F
  /** With unit, and what time it is of after a comma. */
  readonly title: string
  readonly max: number
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
  readonly timeTick: (at: number) => string
  readonly timeText: (at: number) => string
  readonly tick: (value: number) => string
  readonly text: (value: number) => string
  readonly height: number
  /** A time that is pointed at in a chart beside this one. */
  readonly pointedAt?: number | undefined
  /** Told the time that is pointed at here; undefined when none is. */
  readonly onPoint?: (at: number | undefined) => void
}

/** Around the drawing, px. */
export const TRACE_EDGE = { left: 32, right: 16, top: 6, axis: 24 } as const
