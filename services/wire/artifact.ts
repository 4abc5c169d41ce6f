import * as v from 'valibot'
import type { ArtifactMetadata } from '../../types'
import { MAX_TIME } from './maxTime'
import { MAX_ATTEMPTS, MAX_FALLBACK_NOTES, MAX_SCENES } from './recordLimits'
import { id, list, optional, text } from './primitives'

const MAX_PROMPT = 200_000

const gpuSchema = members({
  Name: optional(text(256)),
  Type: optional(text(64)),
  Index: optional(numeric()),
  VramTotal: optional(numeric()),
  VramFreeBefore: optional(numeric()),
  VramFreeAfter: optional(numeric()),
  VramDelta: optional(numeric(-1e15)),
  VramBeforeMB: optional(numeric()),
  VramAfterMB: optional(numeric()),
  VramDeltaMB: optional(numeric(-1e15)),
})
const telemetrySchema = members({
  QueueStart: optional(isoTime()),
  QueueEnd: optional(isoTime()),
  DurationSeconds: optional(numeric()),
  MaxWaitSeconds: optional(numeric()),
  PollIntervalSeconds: optional(numeric()),
  PostExecutionTimeoutSeconds: optional(numeric()),
  ExecutionSuccessDetected: optional(flag()),
  ExecutionSuccessAt: optional(isoTime()),
  HistoryExitReason: optional(text(256)),
  HistoryPostExecutionTimeoutReached: optional(flag()),
  HistoryAttempts: optional(numeric()),
  HistoryAttemptLimit: optional(numeric()),
  SceneRetryBudget: optional(numeric()),
  GPU: optional(gpuSchema),
  System: optional(members({ FallbackNotes: optional(texts()) })),
  FLF2VEnabled: optional(flag()),
  FLF2VSource: optional(text(256)),
  FLF2VFallback: optional(flag()),
  InterpolationElapsed: optional(numeric()),
  UpscaleMethod: optional(text(256)),
  FinalFPS: optional(numeric()),
  FinalResolution: optional(text(64)),
})
const attemptSchema = members({
  Attempt: optional(numeric()),
  Timestamp: optional(isoTime()),
  FrameCount: optional(numeric()),
  DurationSeconds: optional(numeric()),
  Success: optional(flag()),
})
const sceneSchema = members({
  SceneId: id(),
  Prompt: optional(text(MAX_PROMPT)),
  NegativePrompt: optional(text(MAX_PROMPT)),
  FrameFloor: optional(numeric()),
  FrameCount: optional(numeric()),
  DurationSeconds: optional(numeric()),
  Success: optional(flag()),
  MeetsFrameFloor: optional(flag()),
  HistoryRetrieved: optional(flag()),
  HistoryAttempts: optional(numeric()),
  AttemptsRun: optional(numeric()),
  Requeued: optional(flag()),
  Warnings: optional(texts()),
  Errors: optional(texts()),
  AttemptSummaries: optional(list(attemptSchema, MAX_ATTEMPTS)),
  Telemetry: optional(telemetrySchema),
})
const storySchema = members({
  Id: optional(text(256)),
  Logline: optional(text(MAX_PROMPT)),
  DirectorsVision: optional(text(MAX_PROMPT)),
})
const queueConfigSchema = members({
  SceneRetryBudget: optional(numeric()),
  HistoryMaxWaitSeconds: optional(numeric()),
  HistoryMaxAttempts: optional(numeric()),
  HistoryPollIntervalSeconds: optional(numeric()),
  PostExecutionTimeoutSeconds: optional(numeric()),
})

/**
 * The host's artifact file (docs/files.md). Known names are read in any case and come out as the host writes them, their numbers
 * and booleans also from text, their nulls as absent; unknown fields are kept as they are.
 */
export const artifactSchema = members({
  RunId: id(),
  Timestamp: isoTime(),
  RunDir: optional(text(4_096)),
  Story: optional(storySchema),
  QueueConfig: optional(queueConfigSchema),
  Scenes: list(sceneSchema, MAX_SCENES),
}) satisfies v.GenericSchema<unknown, ArtifactMetadata>

/** An object of these and any other members. */
function members<const TEntries extends v.ObjectEntries>(entries: TEntries) {
  const names = new Map(Object.keys(entries).map((name) => [name.toLowerCase(), name]))
  return v.pipe(
    v.custom<object>(isRecord, ({ received }) => `Expected an object but received ${received}`),
    v.transform((given) => renamed(given, names)),
    v.looseObject(entries),
  )
}

/** A name as the host writes it today wins over the same in another case. */
function renamed(given: object, names: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const told = Object.entries(given).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const known = names.get(name.toLowerCase())
    if (known === undefined) return [[name, value]]
    return value === null || (name !== known && Object.hasOwn(given, known)) ? [] : [[known, value]]
  })
  return Object.fromEntries(told)
}

/** Seconds, megabytes, bytes, counts. */
function numeric(least = 0) {
  return v.pipe(
    v.unknown(),
    v.transform((value) =>
      typeof value === 'string' && Number.isFinite(Number(value || NaN)) ? Number(value) : value,
    ),
    v.number(),
    v.finite(),
    v.minValue(least),
    v.maxValue(1e15),
  )
}

function flag() {
  return v.pipe(
    v.unknown(),
    v.transform((value) =>
      typeof value === 'string' ? (FLAGS.get(value.trim().toLowerCase()) ?? value) : value,
    ),
    v.boolean(),
  )
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

/** Stays the text that it is. Of this century, so that differences stay within what can be shown. */
function isoTime() {
  return v.pipe(
    text(64),
    v.check(isTime, ({ received }) => `Expected an ISO time but received ${received}`),
  )
}

function isTime(value: string): boolean {
  const at = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN
  return at >= 0 && at <= MAX_TIME
}

/** What wrote the file may have unwrapped a list of one. */
function texts() {
  return v.pipe(
    v.unknown(),
    v.transform((value) => (typeof value === 'string' ? [value] : value)),
    list(text(MAX_PROMPT), MAX_FALLBACK_NOTES),
  )
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
