import { createContext, useContext, type ReactElement, type ReactNode } from 'react'
import { sceneKey } from '../../services/shared/sceneKey'
import type { Estimate, SceneKey } from '../../types'
import { useSceneTrends } from './useSceneTrends'

interface Answer {
  readonly trends: ReadonlyMap<SceneKey, Estimate> | null
}

const TrendsContext = createContext<Answer | null>(null)

/** Asks once for all scenes of a timeline; the indicators below it read their part of the answer. */
export function SceneTrends(props: {
  readonly scenes: readonly { readonly runId: string; readonly sceneId: string }[]
  readonly children?: ReactNode
}): ReactElement {
  const trends = useSceneTrends(props.scenes)
  return <TrendsContext value={{ trends }}>{props.children}</TrendsContext>
}

/** One scene's part of the answer above it; without one it asks for itself. Null while it is not known. */
export function useSceneTrend(runId: string, sceneId: string): Estimate | undefined | null {
  const above = useContext(TrendsContext)
  const own = useSceneTrends(above ? [] : [{ runId, sceneId }])
  const trends = above ? above.trends : own
  return trends === null ? null : trends.get(sceneKey(runId, sceneId))
}
