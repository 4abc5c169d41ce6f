import * as v from 'valibot'
import type { QueuePolicy, RealtimeTelemetryUpdate } from '../../types'
import { count, finite, id, list, nonNegative, optional, text, time } from './primitives'
import { endAgrees, gpuReadingSchema, policySchema, updateSchema } from './update'

/** The version of the protocol (docs/protocol.md) that this client speaks. */
export const PROTOCOL = 1
/** The most updates a `state` message may carry; a server with more open prompts than that is not ComfyUI. */
const MAX_STATE = 10_000

const helloSchema = v.object({
  type: v.literal('hello'),
  protocol: count(),
  server: v.object({ name: text(128), version: optional(text(64)), comfyVersion: optional(text(64)) }),
  source: id(),
  epoch: optional(id()),
  seq: optional(count()),
  now: time(),
  intervalMs: optional(nonNegative()),
  heartbeatMs: optional(v.pipe(nonNegative(), v.minValue(10), v.maxValue(600_000))),
  gpus: optional(list(gpuReadingSchema(), 64)),
  simulated: optional(v.boolean()),
  resumed: optional(v.object({ from: count(), to: count(), lost: v.union([count(), v.literal('unknown')]) })),
  behind: optional(count()),
})
const stateSchema = v.object({ type: v.literal('state'), prompts: list(updateSchema, MAX_STATE) })
const updateMessageSchema = v.pipe(
  v.object({ type: v.literal('update'), ...updateSchema.entries }),
  endAgrees(),
)
const gpuSchema = v.object({
  type: v.literal('gpu'),
  timestamp: time(),
  gpus: list(gpuReadingSchema(), 64),
})
const heartbeatSchema = v.object({ type: v.literal('heartbeat'), now: time(), seq: optional(count()) })
const gapSchema = v.object({
  type: v.literal('gap'),
  from: time(),
  to: time(),
  samplesDropped: optional(count()),
})
const runSchema = v.object({
  type: v.literal('run'),
  runId: id(),
  event: v.picklist(['begin', 'stopped', 'ended']),
  timestamp: optional(time()),
  seq: optional(count()),
  runName: optional(text(256)),
  storyId: optional(id()),
  sceneCount: optional(count()),
  policy: optional(policySchema()),
})

/** One schema a `type`; whatever is not named here is from a newer server and ignored. */
export const messageSchemas = {
  hello: helloSchema,
  state: stateSchema,
  update: updateMessageSchema,
  gpu: gpuSchema,
  heartbeat: heartbeatSchema,
  gap: gapSchema,
  run: runSchema,
} as const

export type HelloMessage = v.InferOutput<typeof helloSchema>
export type StateMessage = { readonly type: 'state'; readonly prompts: readonly RealtimeTelemetryUpdate[] }
export type UpdateMessage = { readonly type: 'update' } & RealtimeTelemetryUpdate
export type GpuMessage = v.InferOutput<typeof gpuSchema>
export type HeartbeatMessage = v.InferOutput<typeof heartbeatSchema>
export type GapMessage = v.InferOutput<typeof gapSchema>
/** A run's own lifecycle: how a begin, a stop, an end reaches the history. */
export type RunMessage = {
  readonly type: 'run'
  readonly runId: string
  readonly event: 'begin' | 'stopped' | 'ended'
  readonly timestamp?: number
  readonly seq?: number
  readonly runName?: string
  readonly storyId?: string
  readonly sceneCount?: number
  readonly policy?: QueuePolicy
}
/** An update without type and ids, from somebody else's `/telemetry`. */
export type BareMessage = { readonly type: 'bare'; readonly update: RealtimeTelemetryUpdate }
export type StreamMessage =
  | HelloMessage
  | StateMessage
  | UpdateMessage
  | BareMessage
  | GpuMessage
  | HeartbeatMessage
  | GapMessage
  | RunMessage

/** `GET /telemetry/info`. */
export const infoSchema = v.object({
  protocols: list(count(), 16),
  server: v.object({ name: text(128), version: optional(text(64)), comfyVersion: optional(text(64)) }),
  source: id(),
  epoch: optional(id()),
  seq: optional(count()),
  oldest: optional(count()),
  heartbeatMs: optional(finite()),
  simulated: optional(v.boolean()),
})
export type TelemetryInfo = v.InferOutput<typeof infoSchema>
