import type { HistoricalRun, HistoricalSceneMetrics, RunSummary } from '../../types'
import { rowOfRun, type Deletion, type Standing } from '../columns/rowOfRun'
import type { ColumnRow } from '../columns/columnChunk'
import { summaryOf } from '../comparison/aggregates'
import { definedMembers } from '../shared/definedMembers'
import type { ColumnEdit } from './columnEdit'
import { eraseTraces } from './eraseTraces'
import { mergeRun, normalizeRun } from './mergeRun'
import { readRecord, recordOf, type RunRecord } from './readRecord'
import { sceneTime, type StoredRun, type StoredScene } from './schema'
import type { StorageTransaction } from './storage'

/** A transaction that writes runs, with the columns that it changes. */
export interface RunWriter {
  readonly tx: StorageTransaction
  readonly columns: ColumnEdit
}

/** The record of a run, not looked for where the columns know that there is none. */
export const readKnown = async ({ tx, columns }: RunWriter, runId: string): Promise<RunRecord | undefined> =>
  columns.knows(runId) === false ? undefined : readRecord(tx, runId)

/** Records of runs that are there, each once. */
export async function readVisible(
  { tx }: RunWriter,
  runIds: readonly string[],
): Promise<readonly RunRecord[]> {
  const records = await Promise.all([...new Set(runIds)].map((runId) => readRecord(tx, runId)))
  return records.flatMap((record) => (record && !record.deletion ? record : []))
}

/** Writes a run over what was stored of it; scenes that are not in it go. What is deleted stays so unless told otherwise. */
export function writeRun(
  { tx, columns }: RunWriter,
  told: HistoricalRun,
  before: RunRecord | undefined,
  { deletion: standing }: Pick<Standing, 'deletion'> = before ?? {},
): void {
  const run = normalizeRun(told)
  const { scenes, ...head } = run
  const kept = new Set(scenes.map(({ sceneId }) => sceneId))
  const stored = before?.run.timestamp === run.timestamp ? new Set(before.run.scenes) : undefined
  for (const { sceneId } of before?.run.scenes ?? [])
    if (!kept.has(sceneId)) tx.delete('scenes', [run.runId, sceneId])
  for (const scene of scenes) if (!stored?.has(scene)) tx.put('scenes', storedScene(run, scene))
  const { chunk, arrived } = before ?? columns.place()
  const place = definedMembers({ arrived, deletion: deletionAfter(run, standing) })
  tx.put('runs', { ...head, ...summaryOf(scenes), chunk, ...place })
  columns.put(chunk, rowOfRun(run, place), before)
}

/** Merges a run into what is stored of it; `finish` has the last word. */
export async function mergeIntoStored(
  writer: RunWriter,
  run: HistoricalRun,
  finish: (merged: HistoricalRun) => HistoricalRun = (merged) => merged,
): Promise<void> {
  mergeOver(writer, run, await readKnown(writer, run.runId), finish)
}

/** The same where what is stored of it has been read. */
export function mergeOver(
  writer: RunWriter,
  run: HistoricalRun,
  before: RunRecord | undefined,
  finish: (merged: HistoricalRun) => HistoricalRun = (merged) => merged,
): void {
  writeRun(writer, finish(before ? mergeRun(before.run, run) : run), before)
}

/** Takes a run out with its scenes and the traces that are of no other run, for good. */
export async function eraseRun({ tx, columns }: RunWriter, { run, chunk }: RunRecord): Promise<void> {
  tx.delete('runs', run.runId)
  for (const { sceneId } of run.scenes) tx.delete('scenes', [run.runId, sceneId])
  columns.remove(chunk, run.runId)
  await eraseTraces(tx, run)
}

/** A list's row of a stored run. */
export function summaryRow(stored: StoredRun): RunSummary {
  const {
    notes: _,
    policy: __,
    chunk: ___,
    arrived: ________,
    deletion: ____,
    lastAt: _____,
    told: ______,
    edits: _______,
    tags = [],
    ...row
  } = stored
  return tags.length === 0 ? row : { ...row, tags }
}

/** The rows of a chunk, made of its records. */
export async function readRows(tx: StorageTransaction, chunk: number): Promise<readonly ColumnRow[]> {
  const stored = await tx.getChunkRuns(chunk)
  return Promise.all(
    stored.map(async (row) => {
      const { run, ...standing } = recordOf(row, await tx.getAllOf('scenes', row.runId))
      return rowOfRun(run, standing)
    }),
  )
}

/** A deletion beats what was edited before it (docs/history.md, "Saving"). */
const deletionAfter = (run: HistoricalRun, deletion: Deletion | undefined): Deletion | undefined =>
  deletion && (run.editedAt ?? 0) > (deletion.beats ?? deletion.deletedAt) ? undefined : deletion

function storedScene(run: HistoricalRun, scene: HistoricalSceneMetrics): StoredScene {
  return { ...scene, runId: run.runId, timestamp: sceneTime(run, scene) }
}
