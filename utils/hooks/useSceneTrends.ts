import { useCallback } from 'react'
import type { Estimate, SceneKey } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'

/**
 * How each scene of a timeline took against earlier scenes that are like it: one question for all of them, asked again when the
 * history changed. Null while it is not known; a scene that is not in the map has none like it.
 */
export function useSceneTrends(
  scenes: readonly { readonly runId: string; readonly sceneId: string }[],
): ReadonlyMap<SceneKey, Estimate> | null {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = JSON.stringify(scenes.map(({ runId, sceneId }) => ({ runId, sceneId })))
  const ask = useCallback(async () => {
    void revision
    const asked: readonly { runId: string; sceneId: string }[] = JSON.parse(key)
    return asked.length === 0 ? NONE : history.sceneTrends(asked)
  }, [history, key, revision])
  return useAsync(ask).value ?? null
}

const NONE: ReadonlyMap<SceneKey, Estimate> = new Map()
