import type { SceneKey } from '../../types'

/** A scene's place in a map: scene ids repeat between runs; NUL is in no id. */
export const sceneKey = (runId: string, sceneId: string): SceneKey => `${runId}\u0000${sceneId}`
