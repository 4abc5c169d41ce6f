import type { SceneKey } from '../../types'
import { createRecentMap } from '../shared/createRecentMap'
import { sceneKey } from '../shared/sceneKey'
import type { StockPrompt } from '../wire/stockPrompts'

/** Counts how often each scene was queued. */
export interface SceneAttempts {
  /** The number of the scene's next attempt. */
  next(runId: string, sceneId: string): number
  /** A scene was queued so often at least. */
  note(key: SceneKey, attempts: number): void
}

const MAX_SCENES = 20_000

/** Of the 20,000 scenes that were last queued. */
export function createSceneAttempts(): SceneAttempts {
  const counts = createRecentMap<number>(MAX_SCENES)
  return {
    next(runId, sceneId) {
      const key = sceneKey(runId, sceneId)
      const attempt = (counts.get(key) ?? 0) + 1
      counts.set(key, attempt)
      return attempt
    },
    note: (key, attempts) => counts.set(key, Math.max(attempts, counts.get(key) ?? 0)),
  }
}

/** By when they were queued; the server's counter stands for the time, and `front` only turns its sign. */
export function inQueueOrder<T extends StockPrompt>(prompts: readonly T[]): readonly T[] {
  return [...prompts].sort((a, b) =>
    a.createdAt !== undefined && b.createdAt !== undefined
      ? a.createdAt - b.createdAt
      : Math.abs(a.number ?? 0) - Math.abs(b.number ?? 0),
  )
}
