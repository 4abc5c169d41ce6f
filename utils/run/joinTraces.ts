import type { GpuTrace } from '../../types'

/** The traces of a run's attempts as one, in order of time; between two of them nothing was read. Undefined without any. */
export function joinTraces(traces: readonly GpuTrace[]): GpuTrace | undefined {
  const sorted = traces
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => (a.points[0]?.at ?? 0) - (b.points[0]?.at ?? 0))
  const [first] = sorted
  if (!first) return undefined
  const between = sorted.slice(1).flatMap((trace, i) => {
    const from = sorted[i]?.points.at(-1)?.at
    const to = trace.points[0]?.at
    return from !== undefined && to !== undefined && to > from ? [{ from, to }] : []
  })
  return {
    source: first.source,
    points: sorted.flatMap(({ points }) => points).sort((a, b) => a.at - b.at),
    gaps: [...sorted.flatMap(({ gaps }) => gaps), ...between],
  }
}
