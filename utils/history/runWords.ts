import type { RunSummary } from '../../types'

/** What a run is called. */
export const runTitle = ({ runName }: RunSummary): string => runName ?? 'Prompts without a run'

/** Scenes that completed, and scenes in all: those it was to have, or more that are known. */
export function sceneCounts({ counts, sceneCount = 0 }: RunSummary): {
  readonly done: number
  readonly of: number
} {
  const known = counts.success + counts.failed + counts.timeout + counts.skipped
  return { done: counts.success, of: Math.max(sceneCount, known) }
}
