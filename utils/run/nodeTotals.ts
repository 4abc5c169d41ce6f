import type { HistoricalSceneMetrics } from '../../types'

/** The time that nodes of one type took, ms, and its share of all node time. */
export interface NodeTotal {
  readonly nodeType: string
  readonly ms: number
  readonly share: number
}
export interface NodeTotals {
  /** Longest first. */
  readonly nodes: readonly NodeTotal[]
  /** Scenes whose last attempt has no node times, and all scenes. */
  readonly missing: number
  readonly of: number
}

/** Where the time went, by node type: of each scene its last attempt. */
export function nodeTotals(scenes: readonly HistoricalSceneMetrics[]): NodeTotals {
  const totals = new Map<string, number>()
  let missing = 0
  for (const scene of scenes) {
    const times = scene.attemptLog?.at(-1)?.nodeTimes ?? scene.nodeTimes ?? []
    if (times.length === 0) missing++
    for (const { nodeType, ms } of times) totals.set(nodeType, (totals.get(nodeType) ?? 0) + ms)
  }
  const all = [...totals.values()].reduce((sum, ms) => sum + ms, 0)
  const nodes = [...totals]
    .map(([nodeType, ms]) => ({ nodeType, ms, share: all > 0 ? ms / all : 0 }))
    .sort((a, b) => b.ms - a.ms)
  return { nodes, missing, of: scenes.length }
}
