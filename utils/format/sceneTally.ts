import { count, whole } from './formatCount'
import type { SceneMark } from './describeOutcome'

/** How scenes of a run ended; `completed` is absent where nothing succeeded. */
export type SceneEnds = Readonly<Partial<Record<SceneMark, number>>>

/** How far a run is, the same wherever it is told: `3 of 4 scenes, 1 failed`. Scenes that ended otherwise are named, not counted as done. */
export function sceneTally(ends: SceneEnds, of: number): string {
  const others = NAMED.flatMap((mark) => {
    const ended = ends[mark] ?? 0
    return ended === 0 ? [] : `${whole(ended)} ${mark}`
  })
  return [`${whole(ends.completed ?? 0)} of ${count(of, 'scene')}`, ...others].join(', ')
}

const NAMED: readonly SceneMark[] = ['failed', 'timeout', 'skipped']

/** The same of saved scenes. */
export const savedTally = (
  { success, ...others }: Readonly<Record<'success' | 'failed' | 'timeout' | 'skipped', number>>,
  of: number,
): string => sceneTally({ ...others, completed: success }, of)
