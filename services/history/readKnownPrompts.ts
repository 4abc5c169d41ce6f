import type { SceneKey } from '../../types'
import { sceneKey } from '../shared/sceneKey'
import type { KnownPrompts, KnownPromptsQuery } from './recorderStore'
import type { StorageTransaction } from './storage'

/**
 * Reads what is known of a source's prompts inside a transaction over `open` and `scenes`. Only the scenes that ended since then are
 * looked at, however long the history is.
 */
export async function readKnownPrompts(
  tx: StorageTransaction,
  source: string,
  { since, scenes }: KnownPromptsQuery,
): Promise<KnownPrompts> {
  const open = await tx.getAllOf('open', source)
  const ended = new Set<string>()
  // A scene is found by when its last attempt ended: those before it are found with it.
  for (const { attemptLog } of await tx.getSince('scenes', since)) {
    for (const attempt of attemptLog ?? [])
      if (attempt.source === source && attempt.promptId !== undefined) ended.add(attempt.promptId)
  }
  const attempts = new Map<SceneKey, number>()
  for (const { runId, sceneId } of scenes) {
    const stored = await tx.get('scenes', [runId, sceneId])
    if (stored) attempts.set(sceneKey(runId, sceneId), stored.attempts)
  }
  for (const { update } of open) {
    const key = sceneKey(update.runId ?? '', update.sceneId)
    attempts.set(key, Math.max(update.attempt ?? 1, attempts.get(key) ?? 0))
  }
  return { open, ended, attempts }
}
