import * as v from 'valibot'
import type { AttemptRecord, HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { MAX_ATTEMPTS, MAX_FALLBACK_NOTES, MAX_SCENES } from './recordLimits'
import { count, id, list, nonNegative, optional, percent, text, time } from './primitives'
import {
  environmentSchema,
  exitReasonSchema,
  gpuSummarySchema,
  nodeTimeSchema,
  outputSchema,
  policySchema,
} from './update'

/** What people and exceptions write. */
const MAX_TEXT = 100_000

const errorSchema = v.object({
  type: text(MAX_TEXT),
  message: text(MAX_TEXT),
  nodeId: optional(text(256)),
  nodeType: optional(text(256)),
})

/** What a scene's figures and an attempt's have in common. */
const execution = {
  source: optional(id()),
  promptId: optional(id()),
  queuedAt: optional(time()),
  startedAt: optional(time()),
  endedAt: optional(time()),
  queueWait: optional(nonNegative()),
  duration: optional(nonNegative()),
  error: optional(errorSchema),
  nodeTimes: optional(list(v.object({ ...nodeTimeSchema().entries, nodeId: text(256) }), 2_000)),
  gpuName: optional(text(256)),
  gpuIndex: optional(count()),
  environment: optional(environmentSchema()),
  cached: optional(fraction()),
  cold: optional(v.boolean()),
}

const attemptSchema = v.object({
  ...execution,
  attempt: count(),
  attemptGiven: optional(count()),
  exitReason: exitReasonSchema(),
  gpu: optional(gpuSummarySchema()),
  maxWait: optional(nonNegative()),
  outputs: optional(list(outputSchema(), 1_000)),
}) satisfies v.GenericSchema<unknown, AttemptRecord>

const sceneSchema = v.object({
  ...execution,
  sceneId: id(),
  attempts: count(),
  status: v.picklist(['success', 'failed', 'timeout', 'skipped']),
  exitReason: optional(text(256)),
  gpuVramFree: optional(nonNegative()),
  gpuVramFreeMin: optional(nonNegative()),
  gpuUtilizationMean: optional(percent()),
  gpuUtilizationMax: optional(percent()),
  gpuPowerMean: optional(nonNegative()),
  attemptLog: optional(list(attemptSchema, MAX_ATTEMPTS)),
  fallbackNotes: optional(list(text(MAX_TEXT), MAX_FALLBACK_NOTES)),
}) satisfies v.GenericSchema<unknown, HistoricalSceneMetrics>

/**
 * A run as it may be saved, and as a file may have it. Members that are not named here are dropped, wrong ones refuse the run. Its aggregates must be
 * figures; what they are is computed anew when it is saved.
 */
export const historicalRunSchema = v.object({
  runId: id(),
  timestamp: time(),
  scenes: list(sceneSchema, MAX_SCENES),
  averageDuration: optional(nonNegative()),
  successRate: optional(fraction()),
  gpuAverageFree: optional(nonNegative()),
  fallbackCount: count(),

  runName: optional(text(MAX_TEXT)),
  storyId: optional(text(256)),
  endedAt: optional(time()),
  status: optional(v.picklist(['running', 'completed', 'failed', 'interrupted'])),
  sceneCount: optional(count()),
  source: optional(id()),
  policy: optional(policySchema()),
  tags: optional(list(text(1_000), 1_000)),
  notes: optional(text(MAX_TEXT)),
  lastAt: optional(time()),
  told: optional(v.object({ event: v.picklist(['stopped', 'ended']), at: time() })),
  editedAt: optional(time()),
  edits: optional(v.object({ runName: optional(time()), tags: optional(time()), notes: optional(time()) })),
}) satisfies v.GenericSchema<unknown, HistoricalRun>

function fraction() {
  return v.pipe(nonNegative(), v.maxValue(1))
}
