import type { HistoricalSceneMetrics } from '../../types'

/** Equal for scenes that may be compared; a number where an index has numbered its cohorts. */
export type Cohort = string | number
/** How much of a scene came from cache. */
export type CacheClass = 'none' | 'partly' | 'fully'

/** What decides about a cohort, as a record or the columns of an index tell it. */
export interface CohortFacts {
  readonly workflowHash?: string | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly frames?: number | undefined
  readonly steps?: number | undefined
  readonly batch?: number | undefined
  readonly models?: readonly string[] | undefined
  readonly gpuName?: string | undefined
  readonly cold?: boolean | undefined
  readonly cached?: number | undefined
}

/**
 * Of a scene's last attempt. What isn't known equals only what isn't known either, but for the cache and the cold start: nobody
 * having told of them, there was none.
 */
export function cohortKey(facts: CohortFacts): string {
  const { workflowHash, width, height, frames, steps, batch, models, gpuName, cold, cached } = facts
  const sizes = [width, height, frames, steps, batch]
  return JSON.stringify([
    workflowHash,
    ...sizes,
    [...(models ?? [])].sort(),
    gpuName,
    cold ?? false,
    cacheClass(cached),
  ])
}

/** The cohort of a scene's record; its environment's GPU outranks its own. */
export const cohortOf = (scene: HistoricalSceneMetrics): string =>
  cohortKey({
    ...scene.environment,
    gpuName: scene.environment?.gpuName ?? scene.gpuName,
    cold: scene.cold,
    cached: scene.cached,
  })

/** How much of a scene came from cache, by the share of its nodes. */
export function cacheClass(cached: number | undefined): CacheClass {
  if (!cached) return 'none'
  return cached >= 1 ? 'fully' : 'partly'
}

/** Whether its duration says how long such a scene takes: it succeeded and took nothing from cache. */
export const isTimed = <T extends Pick<HistoricalSceneMetrics, 'status' | 'duration' | 'cached'>>(
  scene: T,
): scene is T & { duration: number } =>
  scene.status === 'success' && isWholeTime(scene.duration, scene.cached)

/** Whether the duration of a scene that succeeded counts: above 0, finite, and nothing came from cache. NaN is not known. */
export const isWholeTime = (duration = 0, cached?: number): boolean =>
  duration > 0 && duration < Infinity && cacheClass(cached) === 'none'
