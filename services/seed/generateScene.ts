import type {
  AttemptRecord,
  ExecutionError,
  ExitReason,
  GpuSummary,
  HistoricalSceneMetrics,
  NodeTime,
  QueuePolicy,
  RunEnvironment,
} from '../../types'
import { deriveScene } from '../history/deriveScene'
import type { Random } from '../shared/createRandom'
import { chance, normal, pick } from './seedDraw'
import { SEED_ERRORS, SEED_FAILURES, type SEED_GPUS } from './seedTables'

/** What the scenes of one generated run have in common. */
export interface SeedWorld {
  readonly environment: RunEnvironment
  readonly gpu: (typeof SEED_GPUS)[number]
  readonly policy: QueuePolicy
  /** Median of an execution that takes nothing from cache, ms. */
  readonly usual: number
  readonly isTimed: boolean
}

/** A scene that is queued at that time: 5 % fail, of the rest some need a second attempt, some take nodes from cache. */
export function generateScene(
  id: { readonly sceneId: string; readonly promptId: string },
  queuedAt: number,
  world: SeedWorld,
  random: Random,
): HistoricalSceneMetrics {
  const end = endOf(random)
  const attempts: AttemptRecord[] = []
  const add = (exitReason: ExitReason): void => {
    const at = attempts.at(-1)?.endedAt ?? queuedAt
    const promptId = `${id.promptId}-${attempts.length + 1}`
    attempts.push(attemptOf({ attempt: attempts.length + 1, promptId }, at, exitReason, world, random))
  }
  if (end === 'success' && chance(SECOND_TRIES, random)) add('error')
  add(end)
  return deriveScene(id.sceneId, attempts)
}

/** The source of every generated attempt. */
export const SEED_SOURCE = 'generated'

const FAILURES = 0.05
const SKIPS = 0.004
const SECOND_TRIES = 0.02
const CACHED = 0.03
const NOISE = 0.3

function endOf(random: Random): ExitReason {
  if (chance(FAILURES, random)) return pick(SEED_FAILURES, random)
  return chance(SKIPS, random) ? 'interrupted' : 'success'
}

function attemptOf(
  who: { readonly attempt: number; readonly promptId: string },
  queuedAt: number,
  exitReason: ExitReason,
  world: SeedWorld,
  random: Random,
): AttemptRecord {
  const { environment, gpu, policy } = world
  const cached = exitReason === 'success' && chance(CACHED, random) ? pick(SHARES, random) : 0
  const queueWait = Math.round(random.between(200, 3_000))
  const whole = world.usual * Math.exp(NOISE * normal(random)) * (1 - cached)
  const duration = Math.round(durationOf(exitReason, whole, policy, queueWait, random))
  const error = errorOf(exitReason, random)
  const attempt: AttemptRecord = {
    attempt: who.attempt,
    promptId: who.promptId,
    source: SEED_SOURCE,
    queuedAt,
    startedAt: queuedAt + queueWait,
    endedAt: queuedAt + queueWait + duration,
    queueWait,
    duration,
    exitReason,
    environment,
    gpuName: gpu.name,
    gpuIndex: gpu.index,
    gpu: summaryOf(exitReason, duration, gpu, random),
    maxWait: policy.maxWaitSeconds * 1_000,
    cached,
  }
  const told = error ? { ...attempt, error } : attempt
  return world.isTimed ? { ...told, nodeTimes: nodeTimesOf(duration) } : told
}

/** A timeout ends at its limit; whatever else breaks off does so on the way. */
function durationOf(
  exitReason: ExitReason,
  whole: number,
  policy: QueuePolicy,
  queueWait: number,
  random: Random,
): number {
  if (exitReason === 'success') return whole
  if (exitReason === 'maxWait') return policy.maxWaitSeconds * 1_000 - queueWait
  if (exitReason === 'postExecution') return whole + policy.postExecutionTimeoutSeconds * 1_000
  return whole * random.between(0.05, 0.95)
}

function errorOf(exitReason: ExitReason, random: Random): ExecutionError | undefined {
  if (exitReason !== 'error' && exitReason !== 'outOfMemory') return undefined
  const { type, nodeType, message, values } = pick(SEED_ERRORS[exitReason], random)
  return { type, message: message.replace('{}', String(pick(values, random))), nodeId: '3', nodeType }
}

function summaryOf(
  exitReason: ExitReason,
  duration: number,
  { vramTotal, watts }: SeedWorld['gpu'],
  random: Random,
): GpuSummary {
  const free = Math.round(vramTotal * random.between(0.15, 0.35))
  const share = exitReason === 'outOfMemory' ? 0.02 : random.between(0.4, 0.8)
  const utilizationMean = Math.round(random.between(760, 970)) / 10
  return {
    samples: Math.max(1, Math.round(duration / 1_000)),
    vramFreeMean: free,
    vramFreeMin: Math.round(free * share),
    utilizationMean,
    utilizationMax: Math.min(100, utilizationMean + 3),
    powerMean: Math.round(watts * random.between(0.8, 1)),
  }
}

const nodeTimesOf = (duration: number): readonly NodeTime[] =>
  NODES.map(([nodeId, nodeType, share]) => ({ nodeId, nodeType, ms: Math.round(duration * share) }))

const SHARES = [0.25, 0.5, 0.75]
const NODES = [
  ['1', 'CheckpointLoaderSimple', 0.08],
  ['3', 'KSampler', 0.74],
  ['8', 'VAEDecode', 0.13],
  ['9', 'SaveImage', 0.05],
] as const
