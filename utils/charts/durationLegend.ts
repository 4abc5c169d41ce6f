import type { DurationChart } from '../../types'
import type { LegendItem } from './chartTypes'
import type { DurationPart } from './durationTargets'
import type { DurationShape } from './durationShape'
import { crossPath, ringPath, upArrowPath } from './symbols'

interface Entry extends LegendItem {
  readonly id: DurationPart
}
const STROKE = { fill: 'none', strokeWidth: 1.5 } as const

/** The signs that a duration chart uses, and no others. */
export function durationLegend(chart: DurationChart, shape: DurationShape): readonly Entry[] {
  const { failed, timeout } = chart.markCount
  const entries: readonly (Entry | false)[] = [
    shape.envelope.length > 0
      ? {
          id: 'runs',
          name: 'fastest to slowest',
          n: chart.runs,
          sign: {
            path: 'M-8-5H8V5H-8z',
            fill: 'var(--tele-chart-1)',
            fillOpacity: 0.3,
            stroke: 'var(--tele-chart-1)',
          },
        }
      : {
          id: 'runs',
          name: 'runs',
          n: chart.runs,
          sign: {
            path: `M-8,0H8M0,0${ringPath(2.5)}`,
            fill: 'var(--tele-chart-1)',
            stroke: 'var(--tele-chart-1)',
            strokeWidth: 1.5,
          },
        },
    shape.smooth.length > 0 && {
      id: 'smooth',
      name: 'smoothed',
      sign: { path: 'M-8,2Q-3-5 0,0T8-2', ...STROKE, stroke: 'var(--tele-text)', strokeWidth: 2 },
    },
    chart.usual !== undefined && {
      id: 'usual',
      name: 'usual, p10–p90',
      sign: {
        path: 'M-8-5H8V5H-8z',
        fill: 'var(--tele-muted)',
        fillOpacity: 0.2,
        stroke: 'var(--tele-muted)',
      },
    },
    failed > 0 && {
      id: 'failed',
      name: 'failed',
      n: failed,
      unit: 'scene',
      value: { field: 'status', value: 'failed' },
      sign: { path: `M0,0${crossPath(4)}`, ...STROKE, stroke: 'var(--tele-failed)', strokeWidth: 2 },
    },
    timeout > 0 && {
      id: 'timeout',
      name: 'timeout',
      n: timeout,
      unit: 'scene',
      value: { field: 'status', value: 'timeout' },
      sign: { path: `M0,6${upArrowPath(5)}`, ...STROKE, stroke: 'var(--tele-timeout)' },
    },
    chart.unmeasuredCount > 0 && {
      id: 'unmeasured',
      name: 'no duration',
      n: chart.unmeasuredCount,
      unit: 'run',
      sign: { path: `M0,0${ringPath(3.5)}`, ...STROKE, stroke: 'var(--tele-muted)' },
    },
  ]
  return entries.filter((entry) => entry !== false)
}
