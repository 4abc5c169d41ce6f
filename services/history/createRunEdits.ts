import type { HistoricalRun, RunHistory } from '../../types'
import { createId } from '../shared/createId'
import { createTagEdits } from './createTagEdits'
import { noSuchRun } from './historyError'
import { readRecord, type RunRecord } from './readRecord'
import { checkChange, withEdit } from './runChange'
import { eraseRun, readVisible, writeRun } from './runRecords'
import type { WriteRuns } from './createRunBooks'
import { canBeUndone } from './undoRow'

/** The part of the history that people change runs with. */
export type RunEdits = Pick<RunHistory, 'annotate' | 'deleteRuns' | 'restore' | 'tagRuns' | 'renameTag'> & {
  /** Takes runs out for good, if they still are what they were chosen for; answers with those that it took. */
  erase(runIds: readonly string[], isStill: (record: RunRecord) => boolean): Promise<readonly string[]>
}

/** What people do to saved runs. `find` finds the runs of a tag, deleted ones left out, and those of a deletion. */
export function createRunEdits(
  writeRuns: WriteRuns,
  now: () => number,
  find: {
    readonly withTag: (tag: string) => Promise<readonly string[]>
    readonly ofDeletion: (token: string) => Promise<readonly string[]>
  },
): RunEdits {
  const editedAfter = (run: HistoricalRun): number => Math.max(now(), (run.editedAt ?? 0) + 1)
  const { restore: restoreTags, ...tagEdits } = createTagEdits(writeRuns, now, editedAfter, find.withTag)

  return {
    ...tagEdits,
    annotate: (runId, change) =>
      writeRuns([], async (writer) => {
        const record = await readRecord(writer.tx, runId)
        if (!record || record.deletion) throw noSuchRun()
        writeRun(writer, withEdit(record.run, checkChange(change), editedAfter(record.run)), record)
      }),
    deleteRuns: (runIds, { token = createId() } = {}) =>
      writeRuns([], async (writer) => {
        const records = await readVisible(writer, runIds)
        for (const record of records)
          writeRun(writer, record.run, record, deletionOf(record.run, now(), token))
        return { token, count: records.length }
      }),
    async restore(token, { limit = Infinity } = {}) {
      const runIds = await find.ofDeletion(token)
      return writeRuns([], async (writer) => {
        const retagged = await restoreTags(writer, token)
        if (retagged !== undefined) return retagged
        let count = 0
        for (const runId of new Set(runIds)) {
          if (count >= limit) break
          const record = await readRecord(writer.tx, runId)
          if (record?.deletion?.token !== token || !canBeUndone(record.deletion.deletedAt, now())) continue
          writeRun(writer, record.run, record, {})
          count += 1
        }
        return count
      })
    },
    erase: async (runIds, isStill) => {
      if (runIds.length === 0) return []
      return writeRuns(['samples'], async (writer) => {
        const erased: string[] = []
        for (const runId of runIds) {
          const record = await readRecord(writer.tx, runId)
          if (!record || !isStill(record)) continue
          await eraseRun(writer, record)
          erased.push(runId)
        }
        return erased
      })
    },
  }
}

/** An edit that was made by a clock that runs ahead must not bring the run back. */
function deletionOf(
  { editedAt = 0 }: HistoricalRun,
  deletedAt: number,
  token: string,
): Pick<RunRecord, 'deletion'> {
  return { deletion: { deletedAt, token, ...(editedAt > deletedAt ? { beats: editedAt } : {}) } }
}
