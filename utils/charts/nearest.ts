import type { ChartTarget } from './chartTypes'

/** A miss by height counts less: one points at a time, then at what stands there. */
const Y_WEIGHT = 0.5
/** Further away nothing was meant, px. */
const REACH = 48

/** The index of what is nearest to a place, px; undefined where nothing is near. */
export function nearestTarget(targets: readonly ChartTarget[], x: number, y: number): number | undefined {
  let best: number | undefined
  let least = REACH ** 2
  targets.forEach((target, i) => {
    const distance = (target.x - x) ** 2 + (Y_WEIGHT * (target.y - y)) ** 2
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
