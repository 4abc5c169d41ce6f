import type { HistoricalRun, RunHistory } from '../../types'
import type { ColumnChunk } from '../columns/columnChunk'
import { runsDeletedBefore, runsWithTag, runsWithText } from '../columns/findRuns'
import type { ColumnStore } from './createColumnStore'
import { createComparisons } from './createComparisons'
import { createDeletions } from './createDeletions'
import { createRetention } from './createRetention'
import { createRunEdits } from './createRunEdits'
import { createRunQueries } from './createRunQueries'
import type { WriteRuns } from './createRunBooks'
import type { HISTORY_ANSWERS } from './historyAnswers'
import type { RunRecord } from './readRecord'
import { saveRuns } from './saveRuns'
import type { Storage } from './storage'
import { forgetUndos, UNDO_MS } from './undoRow'

/** The part of the history that is loaded with the first question. */
export type HistoryAnswers = Pick<RunHistory, (typeof HISTORY_ANSWERS)[number]>

interface HistoryParts {
  readonly storage: Storage
  readonly columns: ColumnStore
  readonly writeRuns: WriteRuns
  readonly readRuns: (runIds: readonly string[]) => Promise<readonly HistoricalRun[]>
  readonly now: () => number
  /** Called after runs were imported, deleted, restored or erased. */
  readonly onChanged: () => void
}

/** How often runs whose deletion can no longer be undone are purged, ms. */
const PURGE_MS = 3_600_000

/** Everything that is asked of saved runs, and what people change of them. */
export function createHistoryAnswers(parts: HistoryParts): HistoryAnswers {
  const { storage, columns, writeRuns, readRuns, now, onChanged } = parts
  const { erase, ...edits } = createRunEdits(writeRuns, now, {
    withTag: async (tag) => runsWithTag(await columns.read(), tag),
    ofDeletion: async (token) => runsWithText(await columns.read(), 'deletion', token),
  })
  let purgedAt = -Infinity
  const readColumns = async (): Promise<readonly ColumnChunk[]> => {
    const chunks = await columns.read()
    if (now() - purgedAt < PURGE_MS) return chunks
    purgedAt = now()
    // Somebody reads anyway; if it fails, the next hour's reading tries again.
    const last = now() - UNDO_MS
    const old = runsDeletedBefore(chunks, last)
    // Another page may have brought one back since the columns were read.
    const isStill = ({ deletion }: RunRecord): boolean => deletion !== undefined && deletion.deletedAt < last
    void Promise.all([erase(old, isStill), forgetUndos(storage, now())]).catch(() => undefined)
    return chunks
  }
  const changing =
    <A extends readonly unknown[], T>(act: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const done = await act(...given)
      onChanged()
      return done
    }
  return {
    ...createRunQueries(storage, { ...columns, read: readColumns }, readRuns, now),
    ...createComparisons(readColumns, readRuns),
    ...edits,
    traces: (attempts) =>
      storage.read(['samples'], async (tx) => {
        const found = await Promise.all(
          attempts.map(({ source, promptId }) => tx.get('samples', [source, promptId])),
        )
        return found.flatMap((trace) => trace ?? [])
      }),
    deletions: createDeletions(storage, columns, readColumns, now),
    deleteRuns: changing(edits.deleteRuns),
    restore: changing(edits.restore),
    async saveRuns(runs, how = {}) {
      // Known columns tell which runs are new without a question for each.
      await columns.read()
      const report = await saveRuns(writeRuns, runs, how)
      onChanged()
      return report
    },
    retention: createRetention(storage, columns, now, changing(erase)),
  }
}
