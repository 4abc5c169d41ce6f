import type { AttemptRecord, HistoricalRun, HistoricalSceneMetrics, RunEnvironment } from '../../types'

const HOUR = 3_600_000
export const FIRST_AT = Date.UTC(2026, 10, 14, 2, 10)
export const ENVIRONMENT: RunEnvironment = {
  workflowHash: 'a'.repeat(64),
  models: ['film.safetensors'],
  width: 1280,
  height: 720,
  steps: 30,
  gpuName: 'RTX 4090',
  gpuDriver: '565',
  comfyVersion: '0.3.64',
}

/** An attempt that was queued at `at`, waited 2 s and took `duration`; ids are told from the scene's and its number. */
export function buildAttempt(
  sceneId: string,
  at: number,
  duration: number,
  overrides: Partial<AttemptRecord> = {},
): AttemptRecord {
  const { attempt = 1 } = overrides
  return {
    attempt,
    source: 'box',
    promptId: `${sceneId}-${at}-${attempt}`,
    queuedAt: at,
    startedAt: at + 2_000,
    endedAt: at + 2_000 + duration,
    queueWait: 2_000,
    duration,
    exitReason: 'success',
    environment: ENVIRONMENT,
    cached: 0,
    cold: false,
    gpu: { samples: 10, vramFreeMean: 8 * 2 ** 30, vramFreeMin: 6 * 2 ** 30, utilizationMean: 92 },
    ...overrides,
  }
}

/** A scene as its attempts leave it. */
export function buildScene(sceneId: string, attempts: readonly AttemptRecord[]): HistoricalSceneMetrics {
  const last = attempts.at(-1)
  if (!last) return { sceneId, attempts: 0, status: 'skipped' }
  const { attempt: _, gpu, maxWait: __, outputs: ___, attemptGiven: ____, ...figures } = last
  return {
    ...figures,
    sceneId,
    attempts: attempts.length,
    status: last.exitReason === 'success' ? 'success' : last.exitReason === 'maxWait' ? 'timeout' : 'failed',
    ...(gpu?.vramFreeMean === undefined ? {} : { gpuVramFree: gpu.vramFreeMean }),
    attemptLog: attempts,
  }
}

/** The run of an hour: three scenes of about `duration`, all successful. Hour 0 is the newest. */
export function buildRun(
  hoursAgo: number,
  duration = 80_000,
  overrides: Partial<HistoricalRun> = {},
): HistoricalRun {
  const timestamp = FIRST_AT - hoursAgo * HOUR
  const scenes = [1, 2, 3].map((n) =>
    buildScene(`scene-00${n}`, [buildAttempt(`scene-00${n}`, timestamp + n * 100_000, duration + n * 100)]),
  )
  return {
    runId: `run-${hoursAgo}`,
    runName: `Night ${hoursAgo}`,
    timestamp,
    scenes,
    averageDuration: duration + 200,
    successRate: 1,
    gpuAverageFree: 8 * 2 ** 30,
    fallbackCount: 0,
    status: 'completed',
    sceneCount: 3,
    source: 'box',
    ...overrides,
  }
}
