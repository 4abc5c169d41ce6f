import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import type { Deletion } from '../columns/rowOfRun'
import type { StoredRun, StoredScene } from './schema'
import type { StorageTransaction } from './storage'

/** A run as it is stored, and what only storage knows of it. */
export interface RunRecord {
  readonly run: HistoricalRun
  readonly chunk: number
  readonly arrived?: number
  readonly deletion?: Deletion
}

/** The record of a run, deleted or not; inside a transaction over `runs` and `scenes`. */
export async function readRecord(tx: StorageTransaction, runId: string): Promise<RunRecord | undefined> {
  const stored = await tx.get('runs', runId)
  return stored && recordOf(stored, await tx.getAllOf('scenes', runId))
}

/** The run as people see it: none if it is deleted. */
export async function readRun(tx: StorageTransaction, runId: string): Promise<HistoricalRun | undefined> {
  const record = await readRecord(tx, runId)
  return record?.deletion ? undefined : record?.run
}

/** What a run and its scenes are together. */
export function recordOf(stored: StoredRun, scenes: readonly StoredScene[]): RunRecord {
  const { counts: _, gpuNames: __, chunk, arrived, deletion, ...head } = stored
  const run = { ...head, scenes: scenes.map(sceneOf) }
  return { run, chunk, ...(arrived ? { arrived } : {}), ...(deletion ? { deletion } : {}) }
}

function sceneOf({ runId: _, timestamp: __, ...scene }: StoredScene): HistoricalSceneMetrics {
  return scene
}
