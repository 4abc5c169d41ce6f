import { createRandom, type Random } from '../../simulator/random'
import type {
  AttemptRecord,
  ExecutionError,
  ExitReason,
  HistoricalRun,
  HistoricalSceneMetrics,
  RunEnvironment,
} from '../../types'

/**
 * A history as the plan describes it: runs of 4 scenes, one an hour, durations with log-noise 0.3 and one step of a third in the middle,
 * 5 % independent failures of mixed kinds, three GPUs, two workflows, notes of 80 characters. The same seed gives the same runs. The
 * step may be another one, and elsewhere.
 */
export function* generateRuns(
  count: number,
  seed: number,
  { factor = STEP, from = count / 2 }: { readonly factor?: number; readonly from?: number } = {},
): Generator<HistoricalRun> {
  const random = createRandom(seed)
  for (let index = 0; index < count; index++) yield runOf(index, index >= from ? factor : 1, random)
}

const SCENES = 4
const FIRST_AT = Date.UTC(2024, 0, 1)
const EVERY_MS = 3_600_000
const USUAL_MS = 80_000
const STEP = 4 / 3
const NOISE = 0.3
const FAILURES = 0.05
const GPUS = ['NVIDIA GeForce RTX 4090', 'NVIDIA RTX A6000', 'NVIDIA GeForce RTX 3090']
const WORKFLOWS = ['a'.repeat(64), 'b'.repeat(64)]
const WORDS = ['harbour', 'rain', 'bridge', 'night', 'slow', 'again', 'softer', 'light', 'grain', 'train']
const FAILED: readonly (readonly [ExitReason, ExecutionError | undefined])[] = [
  ['outOfMemory', { type: 'torch.OutOfMemoryError', message: 'Allocation on device', nodeType: 'KSampler' }],
  ['error', { type: 'ValueError', message: 'Sizes of tensors must match: expected 64, got 72' }],
  ['maxWait', undefined],
  ['interrupted', undefined],
]

function runOf(index: number, factor: number, random: Random): HistoricalRun {
  const timestamp = FIRST_AT + index * EVERY_MS
  const environment = { workflowHash: pick(WORKFLOWS, random), gpuName: pick(GPUS, random), steps: 30 }
  const usual = USUAL_MS * factor
  const scenes = Array.from({ length: SCENES }, (_, i) =>
    sceneOf(`${index}-${i}`, i, timestamp, usual, environment, random),
  )
  return {
    runId: `run-${String(index).padStart(7, '0')}`,
    timestamp,
    scenes,
    fallbackCount: 0,
    runName: `Story ${index % 40}`,
    storyId: `story-${index % 40}`,
    endedAt: scenes.at(-1)?.endedAt ?? timestamp,
    status: 'completed',
    sceneCount: SCENES,
    source: 'generated',
    notes: notesOf(random),
  }
}

function sceneOf(
  promptId: string,
  index: number,
  runAt: number,
  usual: number,
  environment: RunEnvironment,
  random: Random,
): HistoricalSceneMetrics {
  const startedAt = runAt + index * 2 * USUAL_MS
  const duration = Math.round(usual * Math.exp(NOISE * normal(random)))
  const [exitReason, error] =
    random.next() < FAILURES ? pick(FAILED, random) : (['success', undefined] as const)
  const attempt: AttemptRecord = {
    attempt: 1,
    promptId,
    source: 'generated',
    queuedAt: runAt,
    startedAt,
    endedAt: startedAt + duration,
    queueWait: startedAt - runAt,
    duration,
    exitReason,
    environment,
    ...(error ? { error } : {}),
  }
  const { attempt: _, ...figures } = attempt
  const status =
    exitReason === 'success'
      ? 'success'
      : exitReason === 'maxWait'
        ? 'timeout'
        : exitReason === 'interrupted'
          ? 'skipped'
          : 'failed'
  return { ...figures, sceneId: `scene-${index + 1}`, attempts: 1, status, attemptLog: [attempt] }
}

/** Box and Muller's. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

const pick = <T>(from: readonly [T, ...T[]] | readonly T[], random: Random): T => {
  const picked = from[Math.floor(random.next() * from.length)]
  if (picked === undefined) throw new Error('There is nothing to pick from.')
  return picked
}

function notesOf(random: Random): string {
  let notes = ''
  while (notes.length < 80) notes += `${pick(WORDS, random)} `
  return notes.slice(0, 80)
}
