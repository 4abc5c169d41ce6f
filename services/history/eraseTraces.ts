import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { sceneTime } from './schema'
import type { StorageTransaction } from './storage'

/**
 * Deletes the traces of attempts that were in `before` and are neither in `after` nor in another run; inside a transaction over
 * `scenes` and `samples`. A scene is stored under its last attempt's time, so only scenes of the same time are looked at.
 */
export async function eraseTraces(
  tx: StorageTransaction,
  before: HistoricalRun,
  after?: HistoricalRun,
): Promise<void> {
  const kept = new Set(after?.scenes.flatMap(attemptsOf).map(keyOf))
  for (const scene of before.scenes) {
    const gone = attemptsOf(scene).filter((attempt) => !kept.has(keyOf(attempt)))
    if (gone.length === 0) continue
    const others = (await tx.getScenesAt(sceneTime(before, scene))).filter(
      ({ runId }) => runId !== before.runId,
    )
    const shared = new Set(others.flatMap(attemptsOf).map(keyOf))
    for (const attempt of gone)
      if (!shared.has(keyOf(attempt))) tx.delete('samples', [attempt.source, attempt.promptId])
  }
}

interface AttemptKey {
  readonly source: string
  readonly promptId: string
}

/** A scene without a log was told by its last attempt. */
const attemptsOf = (scene: HistoricalSceneMetrics): readonly AttemptKey[] =>
  [scene, ...(scene.attemptLog ?? [])].flatMap(({ source, promptId }) =>
    source === undefined || promptId === undefined ? [] : { source, promptId },
  )

const keyOf = ({ source, promptId }: AttemptKey): string => `${source}\u0000${promptId}`
