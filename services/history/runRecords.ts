import type { HistoricalRun, HistoricalSceneMetrics, RunSummary } from '../../types'
import { summaryOf } from './aggregates'
import { mergeRun, normalizeRun } from './mergeRun'
import type { StoredRun, StoredScene } from './schema'
import type { StorageTransaction } from './storage'

/** The run as it is stored, whole; inside a transaction over `runs` and `scenes`. */
export async function readRun(tx: StorageTransaction, runId: string): Promise<HistoricalRun | undefined> {
  const stored = await tx.get('runs', runId)
  if (!stored) return undefined
  const scenes = await tx.getAllOf('scenes', runId)
  const { counts: _, gpuNames: __, ...head } = stored
  return { ...head, scenes: scenes.map(sceneOf) }
}

/** Writes a run over what was stored of it; scenes that are not in it go. */
export function writeRun(
  tx: StorageTransaction,
  run: HistoricalRun,
  before: HistoricalRun | undefined,
): void {
  const { scenes, ...head } = normalizeRun(run)
  const kept = new Set(scenes.map(({ sceneId }) => sceneId))
  for (const { sceneId } of before?.scenes ?? [])
    if (!kept.has(sceneId)) tx.delete('scenes', [run.runId, sceneId])
  for (const scene of scenes) tx.put('scenes', storedScene(run, scene))
  tx.put('runs', { ...head, ...summaryOf(scenes) } satisfies StoredRun)
}

/** Merges a run into what is stored of it, and answers with what is stored then. */
export async function mergeIntoStored(tx: StorageTransaction, run: HistoricalRun): Promise<HistoricalRun> {
  const before = await readRun(tx, run.runId)
  const merged = before ? mergeRun(before, run) : normalizeRun(run)
  writeRun(tx, merged, before)
  return merged
}

/** A list's row of a stored run. */
export function summaryRow({ notes: _notes, policy: _policy, ...row }: StoredRun): RunSummary {
  return row
}

function storedScene(run: HistoricalRun, scene: HistoricalSceneMetrics): StoredScene {
  return { ...scene, runId: run.runId, timestamp: scene.endedAt ?? scene.queuedAt ?? run.timestamp }
}

function sceneOf({ runId: _, timestamp: __, ...scene }: StoredScene): HistoricalSceneMetrics {
  return scene
}
