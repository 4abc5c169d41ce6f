import * as v from 'valibot'
import type { RealtimeTelemetryUpdate } from '../../types'
import { count, finite, id, list, nonNegative, optional, percent, text, time } from './primitives'

const shape = v.object({
  sceneId: id(),
  timestamp: time(),
  status: v.picklist(['queued', 'executing', 'completed', 'failed']),
  duration: optional(nonNegative()),
  attempts: optional(count()),
  gpuVramFree: optional(nonNegative()),
  gpuUtilization: optional(percent()),

  seq: optional(count()),
  source: optional(id()),
  runId: optional(id()),
  runName: optional(text(256)),
  storyId: optional(id()),
  promptId: optional(id()),
  attempt: optional(count()),
  attemptGiven: optional(count()),
  sceneCount: optional(count()),
  tags: optional(list(text(128), 64)),
  policy: optional(policySchema()),
  queueWait: optional(nonNegative()),
  queueRemaining: optional(count()),
  gpuIndex: optional(count()),
  gpus: optional(list(gpuReadingSchema(), 64)),
  progress: optional(
    v.object({
      value: nonNegative(),
      max: nonNegative(),
      nodeId: optional(id()),
      nodeType: optional(id()),
    }),
  ),
  cached: optional(v.pipe(nonNegative(), v.maxValue(1))),
  cold: optional(v.boolean()),
  exitReason: optional(exitReasonSchema()),
  error: optional(
    v.object({ type: text(256), message: text(4096), nodeId: optional(id()), nodeType: optional(id()) }),
  ),
  nodeTimes: optional(list(nodeTimeSchema(), 2000)),
  environment: optional(environmentSchema()),
  gpu: optional(gpuSummarySchema()),
  outputs: optional(list(outputSchema(), 1000)),
})

/**
 * An `update` (docs/protocol.md) as it may come over the wire. Unknown fields are dropped, wrong ones
 * refuse the update: a half-understood lifecycle message would be recorded as the truth.
 */
export const updateSchema = v.pipe(shape, endAgrees()) satisfies v.GenericSchema<
  unknown,
  RealtimeTelemetryUpdate
>

/** What completed was a success, and nothing else was. */
export function endAgrees<T extends Pick<RealtimeTelemetryUpdate, 'status' | 'exitReason'>>() {
  return v.check<T, string>(
    ({ status, exitReason = status === 'completed' ? 'success' : 'unknown' }) =>
      (status === 'completed') === (exitReason === 'success'),
    'status and exitReason contradict each other',
  )
}

export function exitReasonSchema() {
  return v.picklist([
    'success',
    'error',
    'outOfMemory',
    'interrupted',
    'deleted',
    'serverRestart',
    'maxWait',
    'attemptLimit',
    'postExecution',
    'rejected',
    'unknown',
  ])
}

export function nodeTimeSchema() {
  return v.object({ nodeId: id(), nodeType: text(256), ms: nonNegative() })
}

export function outputSchema() {
  return v.object({ nodeId: id(), filename: text(512), subfolder: text(512), type: text(64) })
}

export function gpuReadingSchema() {
  return v.object({
    index: count(),
    name: optional(text(256)),
    vramFree: optional(nonNegative()),
    vramTotal: optional(nonNegative()),
    utilization: optional(percent()),
    temperature: optional(finite()),
    power: optional(nonNegative()),
  })
}

export function policySchema() {
  return v.object({
    maxWaitSeconds: nonNegative(),
    maxAttempts: count(),
    pollIntervalSeconds: nonNegative(),
    postExecutionTimeoutSeconds: nonNegative(),
    sceneRetryBudget: count(),
    delayBetweenScenesSeconds: nonNegative(),
    batchSize: count(),
  })
}

export function gpuSummarySchema() {
  return v.object({
    samples: count(),
    vramFreeMean: optional(nonNegative()),
    vramFreeMin: optional(nonNegative()),
    utilizationMean: optional(percent()),
    utilizationMax: optional(percent()),
    powerMean: optional(nonNegative()),
  })
}

export function environmentSchema() {
  return v.object({
    workflowHash: optional(text(128)),
    models: optional(list(text(512), 256)),
    width: optional(nonNegative()),
    height: optional(nonNegative()),
    frames: optional(nonNegative()),
    steps: optional(nonNegative()),
    batch: optional(nonNegative()),
    gpuName: optional(text(256)),
    gpuDriver: optional(text(128)),
    comfyVersion: optional(text(128)),
    torchVersion: optional(text(128)),
  })
}
