import type { ColumnChunk } from '../../services/columns/columnChunk'

/** Of one metric. */
export interface PlainSummary {
  readonly n: number
  readonly avg: number
  readonly p50: number
}

/** Row H4's reference: one plain pass over the typed arrays that gathers the six metrics, and a sort of each. */
export function plainStatistics(all: readonly ColumnChunk[]): readonly PlainSummary[] {
  const runs = all.reduce((sum, { runIds }) => sum + runIds.length, 0)
  const scenes = all.reduce((sum, { starts }) => sum + (starts.at(-1) ?? 0), 0)
  const lists = Array.from({ length: 6 }, (_, metric) => new Float64Array(metric === 1 ? runs : scenes))
  const [durations, rates, frees, utilizations, attempts, waits] = lists as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let [d, r, f, u, a, w] = [0, 0, 0, 0, 0, 0]
  for (const { starts, runIds, runNumbers, sceneNumbers, sceneTexts } of all) {
    const { duration, cached, vramFree, utilization, attempts: tries, queueWait } = sceneNumbers
    const { successRate, deletedAt } = runNumbers
    const { codes } = sceneTexts.status
    const success = sceneTexts.status.values.indexOf('success') + 1
    for (let run = 0; run < runIds.length; run++) {
      if (!Number.isNaN(deletedAt[run])) continue
      const rate = successRate[run] as number
      if (rate === rate) rates[r++] = rate
      const end = starts[run + 1] as number
      for (let scene = starts[run] as number; scene < end; scene++) {
        const [ms, free, share] = [duration[scene], vramFree[scene], utilization[scene]] as [
          number,
          number,
          number,
        ]
        const [count, wait] = [tries[scene], queueWait[scene]] as [number, number]
        if (codes[scene] === success && !((cached[scene] as number) > 0) && ms === ms) durations[d++] = ms
        if (free === free) frees[f++] = free
        if (share === share) utilizations[u++] = share
        if (count === count) attempts[a++] = count
        if (wait === wait) waits[w++] = wait
      }
    }
  }
  const counts = [d, r, f, u, a, w]
  return lists.map((list, metric) => summary(list.subarray(0, counts[metric])))
}

function summary(values: Float64Array): PlainSummary {
  values.sort()
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at] as number
  const middle = (values.length - 1) / 2
  const p50 = ((values[Math.floor(middle)] as number) + (values[Math.ceil(middle)] as number)) / 2
  return { n: values.length, avg: sum / values.length, p50 }
}
