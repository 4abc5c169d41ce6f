import type { HistoricalRun, RunHistory } from '../../types'
import { createId } from '../shared/createId'
import { HistoryError, noSuchRun } from './historyError'
import { readRecord, type RunRecord } from './readRecord'
import { RUN_LIMITS } from './runLimits'
import { eraseRun, writeRun, type RunWriter } from './runRecords'
import type { WriteRuns } from './createRunBooks'
import { readUndo, type UndoRow } from './undoRow'

/** The part of the history that people change runs with. */
export type RunEdits = Pick<RunHistory, 'annotate' | 'deleteRuns' | 'restore' | 'tagRuns' | 'renameTag'> & {
  /** Takes runs out for good. */
  erase(runIds: readonly string[]): Promise<void>
}

/** What is deleted or retagged can be taken back for so long. */
export const UNDO_MS = 7 * 86_400_000

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

  const retag = (
    runIds: readonly string[],
    tagsOf: (tags: readonly string[]) => readonly string[],
  ): Promise<{ readonly token: string; readonly count: number }> =>
    writeRuns([], async (writer) => {
      const token = createId()
      const before: { readonly runId: string; readonly tags: readonly string[] }[] = []
      for (const record of await readVisible(writer, runIds)) {
        const { run } = record
        const tags = checkTags(tagsOf(run.tags ?? []))
        if (sameList(tags, run.tags ?? [])) continue
        before.push({ runId: run.runId, tags: run.tags ?? [] })
        writeRun(writer, withEdit(run, { tags }, editedAfter(run)), record)
      }
      putUndo(writer, token, { kind: 'tags', at: now(), runs: before })
      return { token, count: before.length }
    })

  return {
    annotate: (runId, change) =>
      writeRuns([], async (writer) => {
        const record = await readRecord(writer.tx, runId)
        if (!record || record.deletion) throw noSuchRun()
        writeRun(writer, withEdit(record.run, checkChange(change), editedAfter(record.run)), record)
      }),
    tagRuns: (runIds, { add = [], remove = [] }) =>
      retag(runIds, (tags) => [...tags.filter((tag) => !remove.includes(tag)), ...add]),
    async renameTag(from, to) {
      const [name] = checkTags([to])
      if (name === undefined) throw new HistoryError('invalid', 'A tag needs a name.')
      return retag(await find.withTag(from), (tags) => tags.map((tag) => (tag === from ? name : tag)))
    },
    deleteRuns: (runIds) =>
      writeRuns([], async (writer) => {
        const deletion = { deletedAt: now(), token: createId() }
        const records = await readVisible(writer, runIds)
        for (const record of records) {
          const { run } = record
          // An edit made by a clock that runs ahead must not bring the run back.
          const deletedAt = Math.max(deletion.deletedAt, run.editedAt ?? 0)
          writeRun(writer, run, { ...record, deletion: { ...deletion, deletedAt } })
        }
        return { token: deletion.token, count: records.length }
      }),
    async restore(token) {
      const runIds = await find.ofDeletion(token)
      return writeRuns([], async (writer) => {
        const undo = readUndo((await writer.tx.get('meta', undoKey(token)))?.value)
        if (undo) return restoreTags(writer, token, undo, editedAfter)
        let count = 0
        for (const runId of new Set(runIds)) {
          const record = await readRecord(writer.tx, runId)
          if (record?.deletion?.token !== token) continue
          const { deletion: _, ...visible } = record
          writeRun(writer, record.run, visible)
          count += 1
        }
        return count
      })
    },
    erase: async (runIds) => {
      if (runIds.length === 0) return
      await writeRuns(['samples'], async (writer) => {
        for (const runId of runIds) {
          const record = await readRecord(writer.tx, runId)
          if (record) eraseRun(writer, record)
        }
      })
    },
  }
}

const undoKey = (token: string): `undo:${string}` => `undo:${token}`

function putUndo({ tx }: RunWriter, token: string, undo: UndoRow): void {
  tx.put('meta', { key: undoKey(token), value: undo })
}

async function restoreTags(
  writer: RunWriter,
  token: string,
  { runs }: UndoRow,
  editedAfter: (run: HistoricalRun) => number,
): Promise<number> {
  let count = 0
  for (const { runId, tags } of runs) {
    const record = await readRecord(writer.tx, runId)
    if (!record) continue
    writeRun(writer, withEdit(record.run, { tags }, editedAfter(record.run)), record)
    count += 1
  }
  writer.tx.delete('meta', undoKey(token))
  return count
}

/** Records of runs that are there, each once. */
async function readVisible({ tx }: RunWriter, runIds: readonly string[]): Promise<readonly RunRecord[]> {
  const records = await Promise.all([...new Set(runIds)].map((runId) => readRecord(tx, runId)))
  return records.flatMap((record) => (record && !record.deletion ? record : []))
}

type Change = Partial<Pick<HistoricalRun, 'runName' | 'tags' | 'notes'>>

/** The run with a person's edit; what else was edited keeps its own time. */
function withEdit(run: HistoricalRun, change: Change, editedAt: number): HistoricalRun {
  const edits: NonNullable<HistoricalRun['edits']> = {}
  for (const field of ['runName', 'tags', 'notes'] as const)
    if (!(field in change) && run[field] !== undefined) edits[field] = run.edits?.[field] ?? run.editedAt ?? 0
  const { edits: _, ...rest } = run
  return { ...rest, ...change, editedAt, ...(Object.keys(edits).length > 0 ? { edits } : {}) }
}

function checkChange({ runName, tags, notes }: Change): Change {
  if (notes !== undefined && notes.length > RUN_LIMITS.notes)
    throw new HistoryError(
      'invalid',
      `Notes may have ${RUN_LIMITS.notes} characters; these have ${notes.length}.`,
    )
  if (runName !== undefined && runName.length > RUN_LIMITS.runName)
    throw new HistoryError(
      'invalid',
      `A name may have ${RUN_LIMITS.runName} characters; this one has ${runName.length}.`,
    )
  return {
    ...(runName === undefined ? {} : { runName: runName.trim() }),
    ...(tags === undefined ? {} : { tags: checkTags(tags) }),
    ...(notes === undefined ? {} : { notes }),
  }
}

/** Trimmed, each once, in the order given. */
function checkTags(tags: readonly string[]): readonly string[] {
  const kept = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
  const long = kept.find((tag) => tag.length > RUN_LIMITS.tag)
  if (long !== undefined)
    throw new HistoryError(
      'invalid',
      `A tag may have ${RUN_LIMITS.tag} characters; "${long.slice(0, 20)}…" has ${long.length}.`,
    )
  if (kept.length > RUN_LIMITS.tags)
    throw new HistoryError('invalid', `A run may have ${RUN_LIMITS.tags} tags; these are ${kept.length}.`)
  return kept
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])
