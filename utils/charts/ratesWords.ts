import type { RateEstimate, RatesChart, RunGroup } from '../../types'
import { count, whole } from '../format/formatCount'
import { THIN } from '../format/formatDuration'
import { shortName } from '../format/shortName'
import type { ChartTip, ChartWords } from './chartTypes'
import { formatDay } from './timeAxis'

/** What the groups are called. */
export const rateWords: Readonly<Record<RatesChart['by'], { readonly one: string; readonly title: string }>> =
  {
    policy: { one: 'Queue policy', title: 'by queue policy' },
    gpuName: { one: 'GPU', title: 'by GPU' },
    workflow: { one: 'Workflow', title: 'by workflow' },
    model: { one: 'Model', title: 'by model' },
    day: { one: 'Day', title: 'by day' },
  }

/** What a chart of rates says in words. */
export function ratesWords({ by, runs, groups }: RatesChart): ChartWords {
  const success = poolOf(groups.map((group) => group.success))
  const title = `Success rate ${rateWords[by].title}`
  const rate = success.of === 0 ? [] : [`${formatRate(success)} completed`]
  return {
    title,
    summary: [count(runs, 'run'), ...rate].join(' · '),
    spoken: `${title}, ${count(groups.length, 'group')}, ${count(runs, 'run')}. ${
      success.of === 0
        ? 'Nothing to show'
        : `${percent(success)} percent of ${count(success.of, 'scene')} completed`
    }.`,
    notes: groups.length === 1 ? ['one group: nothing to compare'] : [],
  }
}

/** `14 Nov` of `2026-11-14`, for an axis; what is no day stays as it is. */
export function dayLabel(key: string): string {
  const noon = Date.parse(`${key}T12:00`)
  return Number.isNaN(noon) ? key : formatDay(noon)
}

/** `92 % (11 of 12)` */
export const formatRate = (rate: Pick<RateEstimate, 'count' | 'of'>): string =>
  rate.of === 0 ? 'not measured' : `${percent(rate)}${THIN}% (${whole(rate.count)} of ${whole(rate.of)})`

/** What is said of a group. */
export function groupTip({ label, runs, scenes, success, timeout }: RunGroup): ChartTip {
  return {
    title: shortName(label),
    value: `${formatRate(success)} completed${interval(success)}`,
    usual: `${formatRate(timeout)} timeouts${interval(timeout)}`,
    status: `${count(scenes, 'scene')} of ${count(runs, 'run')}`,
  }
}

const interval = ({ low, high, of }: RateEstimate): string =>
  of === 0 ? '' : `, 95${THIN}% ${Math.round(100 * low)}–${Math.round(100 * high)}`

function poolOf(rates: readonly RateEstimate[]): Pick<RateEstimate, 'count' | 'of'> {
  return rates.reduce((sum, rate) => ({ count: sum.count + rate.count, of: sum.of + rate.of }), {
    count: 0,
    of: 0,
  })
}

/** 99.9 of a hundred isn't all of them: only what is whole is shown as 0 or 100. */
function percent({ count: hits, of }: Pick<RateEstimate, 'count' | 'of'>): number {
  const rounded = Math.round((100 * hits) / of)
  if (rounded === 100 && hits < of) return 99
  return rounded === 0 && hits > 0 ? 1 : rounded
}
