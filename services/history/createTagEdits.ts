import type { HistoricalRun, Retagging, RunHistory } from '../../types'
import { createId } from '../shared/createId'
import type { WriteRuns } from './createRunBooks'
import { HistoryError } from './historyError'
import { readRecord } from './readRecord'
import { checkTags, tagsProblem, withEdit } from './runChange'
import { readVisible, writeRun, type RunWriter } from './runRecords'
import { readUndo, tagsBefore, undoKey, type RetaggedRun } from './undoRow'

/** The part of the history that changes tags of many runs. */
export type TagEdits = Pick<RunHistory, 'tagRuns' | 'renameTag'> & {
  /** Takes back what a change did, inside a transaction; undefined where the token is of none, or is too old. */
  restore(writer: RunWriter, token: string): Promise<number | undefined>
}

/** Tags of many runs at once. `withTag` finds the runs of a tag, deleted ones left out. */
export function createTagEdits(
  writeRuns: WriteRuns,
  now: () => number,
  editedAfter: (run: HistoricalRun) => number,
  withTag: (tag: string) => Promise<readonly string[]>,
): TagEdits {
  const retag = (
    runIds: readonly string[],
    tagsOf: (tags: readonly string[]) => readonly string[],
  ): Promise<Retagging> =>
    writeRuns([], async (writer) => {
      const token = createId()
      const runs: RetaggedRun[] = []
      const refused: string[] = []
      for (const record of await readVisible(writer, runIds)) {
        const { run } = record
        const before = run.tags ?? []
        const after = [...new Set(tagsOf(before))]
        const problem = tagsProblem(run, after)
        if (problem !== undefined) refused.push(problem)
        if (problem !== undefined || sameList(before, after)) continue
        runs.push({ runId: run.runId, before, after })
        writeRun(writer, withEdit(run, { tags: after }, editedAfter(run)), record)
      }
      const [first] = refused
      if (runs.length === 0 && first !== undefined) throw new HistoryError('invalid', first)
      const undo = { kind: 'tags', at: now(), runs }
      if (runs.length > 0) writer.tx.put('meta', { key: undoKey(token), value: undo })
      return { token, count: runs.length, ...(first === undefined ? {} : { refused }) }
    })

  return {
    async tagRuns(runIds, { add = [], remove = [] }) {
      const added = checkTags(add)
      return retag(runIds, (tags) => [...tags.filter((tag) => !remove.includes(tag)), ...added])
    },
    async renameTag(from, to) {
      const [name] = checkTags([to])
      if (name === undefined) throw new HistoryError('invalid', 'A tag needs a name.')
      return retag(await withTag(from), (tags) => tags.map((tag) => (tag === from ? name : tag)))
    },
    async restore(writer, token) {
      const undo = readUndo((await writer.tx.get('meta', undoKey(token)))?.value, now())
      if (!undo) return undefined
      let count = 0
      for (const change of undo.runs) {
        const record = await readRecord(writer.tx, change.runId)
        // Who deleted it since wants it gone: only that deletion's own token brings it back.
        if (!record || record.deletion) continue
        const tags = tagsBefore(record.run.tags ?? [], change)
        writeRun(writer, withEdit(record.run, { tags }, editedAfter(record.run)), record)
        count += 1
      }
      writer.tx.delete('meta', undoKey(token))
      return count
    },
  }
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])
