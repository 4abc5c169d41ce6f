import type { DurationChart } from '../../types'
import type { Span } from './scale'
import { dayOrClock, timeTicks } from './timeAxis'

/** Up to so many runs stand side by side; more are placed by their time. */
const MAX_SIDE_BY_SIDE = 50

interface Dated {
  readonly runId: string
  readonly at: number
}
/** Where runs stand from left to right, in units of its own, and the times that this stands for. */
export interface RunAxis {
  readonly by: 'run' | 'time'
  readonly domain: Span
  placeOf(item: Dated): number
  /** The time at a place, epoch ms; between two runs either's. */
  timeAt(place: number): number
  ticks(most: number): readonly { readonly place: number; readonly label: string }[]
}

/** By run up to 50 of them, those without a duration counted; then by time. */
export function runAxis({ points, unmeasured, unmeasuredCount, from, to }: DurationChart): RunAxis {
  const runs = points.length + Math.max(unmeasured.length, unmeasuredCount)
  return runs <= MAX_SIDE_BY_SIDE ? axisByRun([...points, ...unmeasured]) : axisByTime(from, to)
}

function axisByRun(runs: readonly Dated[]): RunAxis {
  const slots = runs.toSorted((a, b) => a.at - b.at)
  const index = new Map(slots.map(({ runId }, i) => [runId, i]))
  const last = slots.length - 1
  const clamp = (i: number): number => Math.min(last, Math.max(0, i))
  return {
    by: 'run',
    domain: [-0.5, last + 0.5],
    // A scene's run may have fallen out by thinning: it stands behind the runs before it.
    placeOf: ({ runId, at }) => index.get(runId) ?? clamp(slots.findLastIndex((slot) => slot.at <= at)),
    timeAt: (place) => slots[clamp(Math.round(place))]?.at ?? 0,
    ticks: (most) => {
      const every = Math.max(1, Math.ceil(slots.length / most))
      const shown = slots.flatMap(({ at }, place) => (place % every === 0 ? [{ place, at }] : []))
      const labels = dayOrClock(shown.map(({ at }) => at))
      return shown.map(({ place }, i) => ({ place, label: labels[i] ?? '' }))
    },
  }
}

/** A hundredth of room at both ends, so that no point lies on the edge. */
function axisByTime(from: number, to: number): RunAxis {
  const room = Math.max(1, (to - from) / 100)
  return {
    by: 'time',
    domain: [from - room, to + room],
    placeOf: ({ at }) => at,
    timeAt: (place) => Math.min(to, Math.max(from, place)),
    ticks: (most) => timeTicks(from, to, most).map(({ at, label }) => ({ place: at, label })),
  }
}
