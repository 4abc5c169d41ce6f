import { useMemo } from 'react'
import type { LiveState, RealtimeTelemetryUpdate, SceneKey } from '../../types'
import { useLive } from './useLive'

/** A live scene as it was heard last. */
interface HeardScene {
  readonly update: RealtimeTelemetryUpdate | undefined
  readonly receivedAt: number | undefined
}

/** The newest update of one live scene and when it arrived, by the local clock. Re-renders for this scene alone, once per update. */
export function useScene(key: SceneKey): HeardScene {
  return useLive(useMemo(() => createSceneSelector(key), [key]))
}

/** The same reference until another update was heard. */
function createSceneSelector(key: SceneKey): (state: LiveState) => HeardScene {
  let last: HeardScene = { update: undefined, receivedAt: undefined }
  return ({ scenes, receivedAt }) => {
    const next = { update: scenes.get(key), receivedAt: receivedAt.get(key) }
    if (next.update !== last.update || next.receivedAt !== last.receivedAt) last = next
    return last
  }
}
