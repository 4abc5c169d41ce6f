import * as v from 'valibot'
import { id, optional, time } from './primitives'

/** How ComfyUI itself says that a prompt ended; the message is as it came, cut to 16 Ki characters. */
export type StockEnd =
  | { readonly reason: 'success' | 'interrupted'; readonly timestamp?: number }
  | { readonly reason: 'error'; readonly timestamp?: number; readonly error: StockError }
export interface StockError {
  readonly type: string
  readonly message: string
  readonly nodeId?: string
  readonly nodeType?: string
}

/** What `execution_success`, `execution_error` and `execution_interrupted` carry, on `/ws` and in the history alike. */
export const endSchemas = {
  execution_success: v.object({ prompt_id: id(), timestamp: optional(time()) }),
  execution_interrupted: v.object({ prompt_id: id(), timestamp: optional(time()) }),
  execution_error: v.object({
    prompt_id: id(),
    timestamp: optional(time()),
    exception_type: cut(256),
    exception_message: cut(16 * 1024),
    node_id: lenient(id()),
    node_type: lenient(id()),
  }),
} as const
export type EndType = keyof typeof endSchemas

export function stockEndOf(
  type: EndType,
  data: { readonly timestamp?: number } | v.InferOutput<(typeof endSchemas)['execution_error']>,
): StockEnd {
  const at = data.timestamp === undefined ? {} : { timestamp: data.timestamp }
  if (!('exception_type' in data))
    return { reason: type === 'execution_success' ? 'success' : 'interrupted', ...at }
  const { exception_type: kind, exception_message: message, node_id: nodeId, node_type: nodeType } = data
  const error = {
    type: kind || 'unknown',
    message,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(nodeType === undefined ? {} : { nodeType }),
  }
  return { reason: 'error', error, ...at }
}

/** A value that is not what it should be reads as absent: what stands beside it still counts. */
export function lenient<const TSchema extends v.GenericSchema>(schema: TSchema) {
  return v.optional(v.fallback(v.union([schema, v.undefined()]), undefined))
}

/** Text of any length, cut; anything else reads as empty. */
function cut(max: number) {
  return v.pipe(
    v.optional(v.fallback(v.string(), ''), ''),
    v.transform((value) => value.slice(0, max)),
  )
}
