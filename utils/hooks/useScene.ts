import { useCallback } from 'react'
import type { LiveState, RealtimeTelemetryUpdate, SceneKey } from '../../types'
import { useLive } from './useLive'

/** The newest update of one live scene and when it arrived, by the local clock. Re-renders for this scene alone. */
export function useScene(key: SceneKey): {
  readonly update: RealtimeTelemetryUpdate | undefined
  readonly receivedAt: number | undefined
} {
  const update = useLive(useCallback((state: LiveState) => state.scenes.get(key), [key]))
  const receivedAt = useLive(useCallback((state: LiveState) => state.receivedAt.get(key), [key]))
  return { update, receivedAt }
}
