import * as v from 'valibot'
import type { GpuReading, Result } from '../../types'
import { parseMonitor } from './crystools'
import { parseJson, parseWith } from './parse'
import { count, id, list, nonNegative, optional, text, time } from './primitives'
import { endSchemas, lenient, stockEndOf, type EndType, type StockEnd } from './stockEnd'

/** What one frame of a stock ComfyUI's `/ws` says, of the types that matter here. */
export type StockFrame =
  | { readonly type: 'status'; readonly queueRemaining: number }
  /** The answer to our own: the socket is not deaf. */
  | { readonly type: 'featureFlags' }
  | { readonly type: 'started'; readonly promptId: string; readonly timestamp: number }
  | { readonly type: 'cached'; readonly promptId: string; readonly nodes: number }
  /** A node begins; without one the prompt is over and stands in the history. */
  | { readonly type: 'executing'; readonly promptId: string; readonly nodeId?: string }
  | {
      readonly type: 'progress'
      readonly promptId: string
      readonly value: number
      readonly max: number
      readonly nodeId?: string
    }
  | { readonly type: 'ended'; readonly promptId: string; readonly end: StockEnd }
  | { readonly type: 'monitor'; readonly gpus: readonly GpuReading[] }

/** An error's frame carries the node's inputs as text; none of it is kept, but it has to be read. */
const MAX_FRAME_CHARS = 8 * 1024 * 1024
const MAX_NODES = 10_000

const schemas = {
  ...endSchemas,
  status: v.object({ status: v.object({ exec_info: v.object({ queue_remaining: count() }) }) }),
  execution_start: v.object({ prompt_id: id(), timestamp: time() }),
  execution_cached: v.object({ prompt_id: id(), nodes: list(v.unknown(), MAX_NODES) }),
  executing: v.object({ prompt_id: id(), node: v.nullish(id()) }),
  progress: v.object({
    prompt_id: id(),
    value: nonNegative(),
    max: nonNegative(),
    node: lenient(id()),
  }),
} as const
const envelope = v.object({ type: text(256), data: optional(v.unknown()) })

/**
 * One `/ws` frame. Undefined for what is nothing to us: previews (binary), types that are not named above. An error is a sentence
 * that names the place, never the content. Never throws.
 */
export function parseStockFrame(data: unknown): Result<StockFrame | undefined, string> {
  if (typeof data !== 'string') return NOTHING
  if (data.length > MAX_FRAME_CHARS)
    return { ok: false, error: `Frame of ${data.length} characters: too long` }
  const json = parseJson(data)
  if (!json.ok) return json
  const frame = parseWith(envelope, json.value)
  if (!frame.ok) return frame
  const { type, data: content } = frame.value
  if (type === 'feature_flags') return { ok: true, value: { type: 'featureFlags' } }
  if (type === 'crystools.monitor') return monitorOf(content)
  if (isEnd(type)) return endOf(type, content)
  return known(type, content)
}

const NOTHING = { ok: true, value: undefined } as const

function known(type: string, content: unknown): Result<StockFrame | undefined, string> {
  switch (type) {
    case 'status':
      return map(parseWith(schemas.status, content), ({ status }) => ({
        type: 'status',
        queueRemaining: status.exec_info.queue_remaining,
      }))
    case 'execution_start':
      return map(parseWith(schemas.execution_start, content), ({ prompt_id: promptId, timestamp }) => ({
        type: 'started',
        promptId,
        timestamp,
      }))
    case 'execution_cached':
      return map(parseWith(schemas.execution_cached, content), ({ prompt_id: promptId, nodes }) => ({
        type: 'cached',
        promptId,
        nodes: nodes.length,
      }))
    case 'executing':
      return map(parseWith(schemas.executing, content), ({ prompt_id: promptId, node }) => ({
        type: 'executing',
        promptId,
        ...(node == null ? {} : { nodeId: node }),
      }))
    case 'progress':
      return map(parseWith(schemas.progress, content), ({ prompt_id: promptId, value, max, node }) => ({
        type: 'progress',
        promptId,
        value,
        max,
        ...(node === undefined ? {} : { nodeId: node }),
      }))
    default:
      return NOTHING
  }
}

function monitorOf(content: unknown): Result<StockFrame, string> {
  return map(parseMonitor(content), (gpus) => ({ type: 'monitor', gpus }))
}

function endOf(type: EndType, content: unknown): Result<StockFrame, string> {
  return map(parseWith(schemas[type], content), (data) => ({
    type: 'ended',
    promptId: data.prompt_id,
    end: stockEndOf(type, data),
  }))
}

const isEnd = (type: string): type is EndType => Object.hasOwn(endSchemas, type)

function map<T>(result: Result<T, string>, to: (value: T) => StockFrame): Result<StockFrame, string> {
  return result.ok ? { ok: true, value: to(result.value) } : result
}
