import type { ChartTarget } from './chartTypes'

/** Whether something opens or is asked for when it is pressed. */
export const isOpenable = ({ runId, value }: ChartTarget): boolean =>
  runId !== undefined || value !== undefined

/** How much a miss to the side and a miss in height count: 0 where one of them says nothing. */
export interface MissWeights {
  readonly x: number
  readonly y: number
}
/** Further away nothing was meant, px. */
const REACH = 48

/** The index of what is nearest to a place, px; undefined where nothing is near. */
export function nearestTarget(
  targets: readonly ChartTarget[],
  at: { readonly x: number; readonly y: number },
  weights: MissWeights,
): number | undefined {
  let best: number | undefined
  let least = REACH ** 2
  targets.forEach((target, i) => {
    const distance = (weights.x * (target.x - at.x)) ** 2 + (weights.y * (target.y - at.y)) ** 2
    if (distance >= least) return
    least = distance
    best = i
  })
  return best
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_, last) => last,
}

/** Where a key leads among `count` targets; undefined for keys that don't move. The first key shows the newest. */
export function moveTarget(key: string, at: number | undefined, count: number): number | undefined {
  const step = STEPS[key]
  if (!step || count === 0) return undefined
  const last = count - 1
  if (at === undefined) return key === 'Home' ? 0 : last
  return Math.min(last, Math.max(0, step(at, last)))
}
