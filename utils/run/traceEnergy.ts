import type { GpuTrace } from '../../types'

/** Energy of a trace, all its GPUs together. */
export interface TraceEnergy {
  readonly wattHours: number
  /** The time that it was summed over, ms, for the GPU that was measured longest. */
  readonly measuredMs: number
}

const MS_PER_HOUR = 3_600_000
/** Readings this many usual steps apart have a hole between them, and never ones closer than 5 s. */
const HOLE_STEPS = 5
const LEAST_HOLE_MS = 5_000

/**
 * Energy by the trapezoidal rule over the power readings of each GPU. What lies in a gap is not counted: nobody knows what was drawn
 * then. Undefined where power was not measured twice in a row.
 */
export function traceEnergy(trace: GpuTrace): TraceEnergy | undefined {
  const hole = holeOf(trace)
  const last = new Map<number, { readonly at: number; readonly power: number }>()
  const measured = new Map<number, number>()
  let wattMs = 0
  for (const { at, gpus } of trace.points)
    for (const { index, power } of gpus) {
      if (power === undefined) {
        last.delete(index)
        continue
      }
      const before = last.get(index)
      last.set(index, { at, power })
      if (!before || at <= before.at || at - before.at > hole || isInGap(trace, before.at, at)) continue
      wattMs += ((before.power + power) / 2) * (at - before.at)
      measured.set(index, (measured.get(index) ?? 0) + at - before.at)
    }
  if (measured.size === 0) return undefined
  return { wattHours: wattMs / MS_PER_HOUR, measuredMs: Math.max(...measured.values()) }
}

/** The energy of several traces together; those that were not measured are counted in `missing`. */
export function totalEnergy(traces: readonly GpuTrace[]): {
  readonly energy?: TraceEnergy
  readonly missing: number
} {
  const each = traces.flatMap((trace) => traceEnergy(trace) ?? [])
  const missing = traces.length - each.length
  if (each.length === 0) return { missing }
  const wattHours = each.reduce((sum, energy) => sum + energy.wattHours, 0)
  const measuredMs = each.reduce((sum, energy) => sum + energy.measuredMs, 0)
  return { energy: { wattHours, measuredMs }, missing }
}

function holeOf({ points }: GpuTrace): number {
  const steps = points.slice(1).map(({ at }, i) => at - (points[i]?.at ?? at))
  const usual = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return Math.max(LEAST_HOLE_MS, HOLE_STEPS * usual)
}

const isInGap = (trace: GpuTrace, from: number, to: number): boolean =>
  trace.gaps.some((gap) => gap.from < to && gap.to > from)
