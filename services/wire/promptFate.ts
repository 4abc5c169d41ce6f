import * as v from 'valibot'
import type { ExecutionError, PromptGraph, Result } from '../../types'
import { list, optional, text } from './primitives'
import { parseJson, parseWith } from './parse'

/** What `/history/{id}` says of one prompt; undefined while it isn't there. */
export type PromptFate =
  | { readonly kind: 'success'; readonly hasOutputs: boolean }
  | { readonly kind: 'error' | 'outOfMemory'; readonly error: ExecutionError }
  | { readonly kind: 'interrupted' }

const messageSchema = v.looseTuple([text(64), v.unknown()])
const entrySchema = v.object({
  prompt: optional(v.unknown()),
  outputs: optional(v.record(v.string(), v.unknown())),
  status: optional(
    v.nullable(
      v.object({
        status_str: optional(text(64)),
        completed: optional(v.boolean()),
        messages: optional(list(messageSchema, 10_000)),
      }),
    ),
  ),
})
const failureSchema = v.object({
  node_id: optional(v.nullable(text(256))),
  node_type: optional(v.nullable(text(256))),
  exception_type: optional(text(256)),
  exception_message: optional(v.string()),
})

/** Reads `/history/{promptId}`; an answer without that prompt is no error. */
export function parsePromptFate(body: string, promptId: string): Result<PromptFate | undefined, string> {
  const entry = entryOf(body, promptId)
  if (!entry.ok) return entry
  if (entry.value === undefined) return { ok: true, value: undefined }
  return { ok: true, value: fateOf(entry.value) }
}

/** The graph that `/history/{promptId}` kept of a prompt, to queue it once more. */
export function parseHistoryGraph(body: string, promptId: string): Result<PromptGraph | undefined, string> {
  const entry = entryOf(body, promptId)
  if (!entry.ok) return entry
  if (entry.value === undefined) return { ok: true, value: undefined }
  const prompt = v.safeParse(v.looseTuple([v.unknown(), v.unknown(), graphSchema]), entry.value.prompt)
  return { ok: true, value: prompt.success ? prompt.output[2] : undefined }
}

/** A workflow in API format: nodes by id, each with a class and inputs. */
export const graphSchema = v.record(
  v.string(),
  v.looseObject({ class_type: text(256), inputs: v.record(v.string(), v.unknown()) }),
)

type Entry = v.InferOutput<typeof entrySchema>

function entryOf(body: string, promptId: string): Result<Entry | undefined, string> {
  const json = parseJson(body)
  const answer = json.ok ? parseWith(v.record(v.string(), v.unknown()), json.value) : json
  if (!answer.ok) return answer
  const known = Object.entries(answer.value).find(([key]) => key === promptId)
  return known ? parseWith(entrySchema, known[1]) : { ok: true, value: undefined }
}

function fateOf({ status, outputs }: Entry): PromptFate {
  const messages = status?.messages ?? []
  const isInterrupted = messages.some(([type]) => type === 'execution_interrupted')
  if (isInterrupted) return { kind: 'interrupted' }
  const failure = messages.find(([type]) => type === 'execution_error')
  if (failure || status?.status_str === 'error') return failureOf(failure?.[1])
  return { kind: 'success', hasOutputs: Object.keys(outputs ?? {}).length > 0 }
}

function failureOf(told: unknown): PromptFate {
  const read = v.safeParse(failureSchema, told)
  const failure = read.success ? read.output : {}
  const { exception_type: type = 'unknown', exception_message: message = 'The server did not say why.' } =
    failure
  return {
    kind: /OutOfMemoryError$/.test(type) ? 'outOfMemory' : 'error',
    error: {
      type,
      message: message.slice(0, 2_000),
      ...(failure.node_id ? { nodeId: failure.node_id } : {}),
      ...(failure.node_type ? { nodeType: failure.node_type } : {}),
    },
  }
}
