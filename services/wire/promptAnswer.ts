import * as v from 'valibot'
import type { ExecutionError, Result } from '../../types'
import { count, id, list, optional, text } from './primitives'
import { parseJson, parseWith } from './parse'

/** What `POST /prompt` answered: accepted, or why not, by node and input. */
export type PromptAnswer =
  | { readonly kind: 'queued'; readonly promptId: string }
  | { readonly kind: 'rejected'; readonly problems: readonly PromptProblem[] }
/** One reason of a rejection, in ComfyUI's words. */
export interface PromptProblem {
  readonly nodeId?: string
  readonly nodeType?: string
  readonly input?: string
  readonly message: string
}

const MAX_PROBLEMS = 100
const acceptedSchema = v.object({ prompt_id: id(), number: optional(v.number()) })
const reasonSchema = v.object({
  type: optional(text(256)),
  message: text(4_096),
  details: optional(text(8_192)),
  extra_info: optional(v.looseObject({ input_name: optional(v.nullable(text(256))) })),
})
const rejectedSchema = v.object({
  error: v.union([text(4_096), reasonSchema]),
  node_errors: optional(
    v.union([
      v.record(
        v.string(),
        v.object({ class_type: optional(text(256)), errors: list(reasonSchema, MAX_PROBLEMS) }),
      ),
      list(v.unknown(), MAX_PROBLEMS),
    ]),
  ),
})

/** Reads the answer to `POST /prompt`; `status` is the HTTP status. What is neither an acceptance nor a refusal is an error. */
export function parsePromptAnswer(status: number, body: string): Result<PromptAnswer, string> {
  const json = parseJson(body)
  if (!json.ok) return json
  if (status < 400) {
    const accepted = parseWith(acceptedSchema, json.value)
    return accepted.ok
      ? { ok: true, value: { kind: 'queued', promptId: accepted.value.prompt_id } }
      : accepted
  }
  const rejected = parseWith(rejectedSchema, json.value)
  return rejected.ok
    ? { ok: true, value: { kind: 'rejected', problems: problemsOf(rejected.value) } }
    : rejected
}

function problemsOf({ error, node_errors: byNode }: v.InferOutput<typeof rejectedSchema>): PromptProblem[] {
  const general: PromptProblem = typeof error === 'string' ? { message: error } : problemOf(error)
  if (byNode === undefined || Array.isArray(byNode)) return [general]
  const problems = Object.entries(byNode).flatMap(([nodeId, node]) =>
    node.errors.map((reason) => ({
      nodeId,
      ...(node.class_type === undefined ? {} : { nodeType: node.class_type }),
      ...problemOf(reason),
    })),
  )
  return problems.length > 0 ? problems.slice(0, MAX_PROBLEMS) : [general]
}

function problemOf({
  message,
  details,
  extra_info: extra,
}: v.InferOutput<typeof reasonSchema>): PromptProblem {
  const input = extra?.input_name
  return {
    message: details ? `${message}: ${details}` : message,
    ...(input ? { input } : {}),
  }
}

/** A rejection as the error of its scene; its first problem speaks for all. */
export function rejectionError(problems: readonly PromptProblem[]): ExecutionError {
  const [first] = problems
  return {
    type: 'rejected',
    message: (first?.message ?? 'The server refused the workflow.').slice(0, 2_000),
    ...(first?.nodeId === undefined ? {} : { nodeId: first.nodeId.slice(0, 256) }),
    ...(first?.nodeType === undefined ? {} : { nodeType: first.nodeType }),
  }
}

const queueSchema = v.object({
  queue_running: list(v.looseTuple([count(), id()]), 10_000),
  queue_pending: list(v.looseTuple([v.number(), id()]), 100_000),
})
/** Which prompts `/queue` shows. */
export interface QueuedIds {
  readonly running: readonly string[]
  readonly pending: readonly string[]
}

export function parseQueuedIds(body: string): Result<QueuedIds, string> {
  const json = parseJson(body)
  const queue = json.ok ? parseWith(queueSchema, json.value) : json
  if (!queue.ok) return queue
  const idsOf = (items: readonly (readonly [number, string, ...unknown[]])[]): string[] =>
    items.map(([, promptId]) => promptId)
  return {
    ok: true,
    value: { running: idsOf(queue.value.queue_running), pending: idsOf(queue.value.queue_pending) },
  }
}
