import type { DurationChart, DurationPoint, GpuPoint, RunGroup } from '../../../types'

const HOUR = 3_600_000
export const FIRST_AT = new Date(2026, 10, 1, 2).getTime()

export const pointAt = (index: number, overrides: Partial<DurationPoint> = {}): DurationPoint => ({
  runId: `run-${index}`,
  at: FIRST_AT + index * HOUR,
  value: 80_000,
  n: 4,
  ...overrides,
})

/** A chart of `runs` runs of 80 s, an hour apart. */
export function durationChart(runs: number, overrides: Partial<DurationChart> = {}): DurationChart {
  const points = Array.from({ length: runs }, (_, i) => pointAt(i))
  return {
    kind: 'duration',
    runs,
    points,
    isThinned: false,
    smooth: [],
    ...(runs > 0 ? { median: 80_000 } : {}),
    changePoints: [],
    verdict: 'cannot tell',
    marks: [],
    markCount: { failed: 0, timeout: 0 },
    unplacedCount: 0,
    unmeasured: [],
    unmeasuredCount: 0,
    excludedCached: 0,
    from: FIRST_AT,
    to: FIRST_AT + Math.max(0, runs - 1) * HOUR,
    ...overrides,
  }
}

/** A group of `scenes` scenes, the first `completed` of them completed, with an interval of ten points to both sides. */
export function groupOf(key: string, scenes: number, completed = scenes): RunGroup {
  const share = scenes === 0 ? 0 : completed / scenes
  const rate = { count: completed, of: scenes, low: Math.max(0, share - 0.1), high: Math.min(1, share + 0.1) }
  return {
    key,
    label: key,
    runs: Math.ceil(scenes / 4),
    scenes,
    success: rate,
    timeout: { count: 0, of: scenes, low: 0, high: 0.1 },
  }
}

export const gpuPoint = (index: number, overrides: Partial<GpuPoint> = {}): GpuPoint => ({
  runId: `run-${index}`,
  sceneId: `scene-${index}`,
  at: FIRST_AT + index * HOUR,
  gpuName: 'RTX 4090',
  duration: 80_000,
  vramFree: 8 * 2 ** 30,
  utilization: 97,
  ...overrides,
})
