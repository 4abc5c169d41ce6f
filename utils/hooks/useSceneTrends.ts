import type { Estimate, SceneKey } from '../../types'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

type Question = readonly { readonly runId: string; readonly sceneId: string }[]
type Trends = ReadonlyMap<SceneKey, Estimate>

/**
 * How each scene of a timeline took against earlier scenes that are like it: one question for all of them, asked again when the
 * history changed. Null while it is not known; a scene that is not in the map has none like it.
 */
export function useSceneTrends(scenes: Question): Trends | null {
  const question = scenes.map(({ runId, sceneId }) => ({ runId, sceneId }))
  return useHistoryAnswer(question, ask).value ?? null
}

const ask: AskHistory<Question, Trends> = async (history, scenes) =>
  scenes.length === 0 ? NONE : history.sceneTrends(scenes)

const NONE: Trends = new Map()
