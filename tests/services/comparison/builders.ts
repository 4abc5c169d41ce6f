import type { HistoricalRun, HistoricalSceneMetrics, RunEnvironment } from '../../../types'

const MINUTE = 60_000

/** A scene that took so many ms, from nothing cached, all in one cohort unless told otherwise. */
export const sceneOf = (
  duration: number,
  overrides: Partial<HistoricalSceneMetrics> = {},
): HistoricalSceneMetrics => ({
  sceneId: 'scene-001',
  duration,
  attempts: 1,
  status: 'success',
  environment: environmentOf(),
  ...overrides,
})

export const environmentOf = (overrides: Partial<RunEnvironment> = {}): RunEnvironment => ({
  workflowHash: 'a'.repeat(64),
  gpuName: 'NVIDIA GeForce RTX 4090',
  steps: 30,
  ...overrides,
})

/** The `number`-th run, one a minute; scenes, or their durations. */
export const runOf = (
  number: number,
  scenes: readonly (number | HistoricalSceneMetrics)[],
  overrides: Partial<HistoricalRun> = {},
): HistoricalRun => ({
  runId: `run-${number}`,
  timestamp: number * MINUTE,
  scenes: scenes.map((scene) => (typeof scene === 'number' ? sceneOf(scene) : scene)),
  fallbackCount: 0,
  ...overrides,
})

/** A run of one scene for each of these durations. */
export const runsOf = (durations: readonly number[]): readonly HistoricalRun[] =>
  durations.map((duration, number) => runOf(number, [duration]))
