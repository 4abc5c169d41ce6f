import type { HistoricalRun, HistoricalSceneMetrics, RunSummary } from '../../types'
import { rowOfRun, type Deletion } from '../columns/rowOfRun'
import type { ColumnRow } from '../columns/columnChunk'
import { summaryOf } from '../comparison/aggregates'
import type { ColumnEdit } from './columnEdit'
import { mergeRun, normalizeRun } from './mergeRun'
import { readRecord, recordOf, type RunRecord } from './readRecord'
import type { StoredRun, StoredScene } from './schema'
import type { StorageTransaction } from './storage'

/** A transaction that writes runs, with the columns that it changes. */
export interface RunWriter {
  readonly tx: StorageTransaction
  readonly columns: ColumnEdit
}

/** The record of a run, not looked for where the columns know that there is none. */
export const readKnown = async ({ tx, columns }: RunWriter, runId: string): Promise<RunRecord | undefined> =>
  columns.knows(runId) === false ? undefined : readRecord(tx, runId)

/** Writes a run over what was stored of it; scenes that are not in it go. */
export function writeRun(
  { tx, columns }: RunWriter,
  told: HistoricalRun,
  before: RunRecord | undefined,
): void {
  const run = normalizeRun(told)
  const { scenes, ...head } = run
  const kept = new Set(scenes.map(({ sceneId }) => sceneId))
  const stored = before?.run.timestamp === run.timestamp ? new Set(before.run.scenes) : undefined
  for (const { sceneId } of before?.run.scenes ?? [])
    if (!kept.has(sceneId)) tx.delete('scenes', [run.runId, sceneId])
  for (const scene of scenes) if (!stored?.has(scene)) tx.put('scenes', storedScene(run, scene))
  const chunk = before?.chunk ?? columns.place()
  const deletion = deletionAfter(run, before?.deletion)
  tx.put('runs', { ...head, ...summaryOf(scenes), chunk, ...(deletion ? { deletion } : {}) })
  columns.put(chunk, rowOfRun(run, deletion))
}

/** Merges a run into what is stored of it; `finish` has the last word. */
export async function mergeIntoStored(
  writer: RunWriter,
  run: HistoricalRun,
  finish: (merged: HistoricalRun) => HistoricalRun = (merged) => merged,
): Promise<void> {
  const before = await readKnown(writer, run.runId)
  writeRun(writer, finish(before ? mergeRun(before.run, run) : run), before)
}

/** Takes a run out with its scenes and traces, for good. */
export function eraseRun({ tx, columns }: RunWriter, { run, chunk }: RunRecord): void {
  tx.delete('runs', run.runId)
  for (const { sceneId, attemptLog } of run.scenes) {
    tx.delete('scenes', [run.runId, sceneId])
    for (const { source, promptId } of attemptLog ?? [])
      if (source !== undefined && promptId !== undefined) tx.delete('samples', [source, promptId])
  }
  columns.remove(chunk, run.runId)
}

/** A list's row of a stored run. */
export function summaryRow(stored: StoredRun): RunSummary {
  const {
    notes: _,
    policy: __,
    chunk: ___,
    deletion: ____,
    lastAt: _____,
    told: ______,
    edits: _______,
    ...row
  } = stored
  return row
}

/** The rows of a chunk, made of its records. */
export async function readRows(tx: StorageTransaction, chunk: number): Promise<readonly ColumnRow[]> {
  const stored = await tx.getChunkRuns(chunk)
  return Promise.all(
    stored.map(async (row) => {
      const { run, deletion } = recordOf(row, await tx.getAllOf('scenes', row.runId))
      return rowOfRun(run, deletion)
    }),
  )
}

/** A deletion beats what was edited before it (api.md, "Identity"). */
const deletionAfter = (run: HistoricalRun, deletion: Deletion | undefined): Deletion | undefined =>
  deletion && (run.editedAt ?? 0) > deletion.deletedAt ? undefined : deletion

function storedScene(run: HistoricalRun, scene: HistoricalSceneMetrics): StoredScene {
  return { ...scene, runId: run.runId, timestamp: scene.endedAt ?? scene.queuedAt ?? run.timestamp }
}
