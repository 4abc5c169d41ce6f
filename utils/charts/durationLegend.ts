import type { DurationChart } from '../../types'
import type { LegendItem } from './chartTypes'
import type { DurationPart } from './durationTargets'
import type { DurationShape } from './durationShape'
import { crossPath, ringPath, upArrowPath } from './symbols'

interface Entry extends LegendItem {
  readonly id: DurationPart
}

/** The signs that a duration chart uses, and no others. */
export function durationLegend(chart: DurationChart, shape: DurationShape): readonly Entry[] {
  const { markCount, runs, usual, unmeasuredCount } = chart
  const entries: readonly (Entry | false)[] = [
    { ...(shape.envelope.length > 0 ? ENVELOPE : RUNS), n: runs },
    shape.smooth.length > 0 && SMOOTH,
    usual !== undefined && USUAL,
    markCount.failed > 0 && { ...FAILED, n: markCount.failed },
    markCount.timeout > 0 && { ...TIMEOUT, n: markCount.timeout },
    unmeasuredCount > 0 && { ...UNMEASURED, n: unmeasuredCount },
  ]
  return entries.filter((entry) => entry !== false)
}

const band = (color: string, fillOpacity: number): Entry['sign'] => ({
  path: 'M-8-5H8V5H-8z',
  fill: color,
  fillOpacity,
  stroke: color,
})
const outline = (path: string, stroke: string, strokeWidth: number): Entry['sign'] => ({
  path,
  fill: 'none',
  stroke,
  strokeWidth,
})

const ENVELOPE: Entry = {
  id: 'runs',
  name: 'fastest to slowest',
  sign: band('var(--tele-chart-1)', 0.3),
}
const RUNS: Entry = {
  id: 'runs',
  name: 'runs',
  sign: {
    ...outline(`M-8,0H8M0,0${ringPath(2.5)}`, 'var(--tele-chart-1)', 1.5),
    fill: 'var(--tele-chart-1)',
  },
}
const SMOOTH: Entry = {
  id: 'smooth',
  name: 'smoothed',
  sign: outline('M-8,2Q-3-5 0,0T8-2', 'var(--tele-text)', 2),
}
const USUAL: Entry = { id: 'usual', name: 'usual, p10–p90', sign: band('var(--tele-muted)', 0.2) }
const FAILED: Entry = {
  id: 'failed',
  name: 'failed',
  unit: 'scene',
  value: { field: 'status', value: 'failed' },
  sign: outline(`M0,0${crossPath(4)}`, 'var(--tele-failed)', 2),
}
const TIMEOUT: Entry = {
  id: 'timeout',
  name: 'timeout',
  unit: 'scene',
  value: { field: 'status', value: 'timeout' },
  sign: outline(`M0,6${upArrowPath(5)}`, 'var(--tele-timeout)', 1.5),
}
const UNMEASURED: Entry = {
  id: 'unmeasured',
  name: 'no duration',
  unit: 'run',
  sign: outline(`M0,0${ringPath(3.5)}`, 'var(--tele-muted)', 1.5),
}
