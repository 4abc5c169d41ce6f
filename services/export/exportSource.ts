import type { GpuTrace, HistoricalRun, RunHistory } from '../../types'
import { attemptKeysOf, traceKey } from './attemptKeys'

/** Some runs and the GPU traces of their attempts. */
export interface ExportBatch {
  readonly runs: readonly HistoricalRun[]
  readonly traces: readonly GpuTrace[]
}

/** Runs to be written, a batch at a time: whoever writes them never holds more than one. */
export interface ExportSource {
  readonly total: number
  batches(): AsyncIterable<ExportBatch>
}

/** With their scenes and traces a batch is about a megabyte. */
const BATCH = 100

/** Runs that are in memory already, each with those of the traces that are of its attempts; the rest of them comes last. */
export function sourceOfRuns(runs: readonly HistoricalRun[], traces: readonly GpuTrace[]): ExportSource {
  return {
    total: runs.length,
    async *batches() {
      const left = new Map(traces.map((trace) => [traceKey(trace), trace]))
      const take = (key: string): readonly GpuTrace[] => {
        const trace = left.get(key)
        return trace && left.delete(key) ? [trace] : []
      }
      for (let from = 0; from < runs.length; from += BATCH) {
        const batch = runs.slice(from, from + BATCH)
        yield { runs: batch, traces: left.size === 0 ? [] : batch.flatMap(attemptKeysOf).flatMap(take) }
      }
      if (left.size > 0) yield { runs: [], traces: [...left.values()] }
    },
  }
}

/** Runs of a history, in this order, with the traces of their attempts. What is deleted while it is read is left out. */
export function sourceOfHistory(
  history: Pick<RunHistory, 'getRuns' | 'traces'>,
  ids: readonly string[],
): ExportSource {
  return {
    total: ids.length,
    async *batches() {
      for (let from = 0; from < ids.length; from += BATCH) {
        const runs = await history.getRuns(ids.slice(from, from + BATCH))
        const attempts = runs.flatMap((run) => run.scenes.flatMap(({ attemptLog = [] }) => attemptLog))
        const named = attempts.flatMap(({ source, promptId }) =>
          source === undefined || promptId === undefined ? [] : { source, promptId },
        )
        yield { runs, traces: named.length === 0 ? [] : await history.traces(named) }
      }
    },
  }
}
