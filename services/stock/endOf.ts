import type { ExecutionError, ExitReason } from '../../types'
import type { StockEnd } from '../wire/stockEnd'
import type { StockEntry } from '../wire/stockPrompts'
import { redactMessage } from './redactMessage'

/** How a prompt ended, in the protocol's words. */
export interface PromptEnd {
  readonly exitReason: ExitReason
  readonly error?: ExecutionError
}

/** By its own last message; else by the word that the history has for it. */
export function endOf(end: StockEnd | undefined, status?: StockEntry['status']): PromptEnd {
  if (end?.reason === 'error') {
    const error = { ...end.error, message: redactMessage(end.error.message) }
    const isMemory = /OutOfMemory/.test(error.type) || /out of memory/i.test(error.message)
    return { exitReason: isMemory ? 'outOfMemory' : 'error', error }
  }
  if (end) return { exitReason: end.reason }
  return { exitReason: status === 'success' || status === 'error' ? status : 'unknown' }
}

/** The share of a graph's nodes that was served from cache; undefined when either number isn't known. */
export function cachedShare(cachedNodes: number | undefined, graph: unknown): number | undefined {
  const nodes = typeof graph === 'object' && graph !== null ? Object.keys(graph).length : 0
  return cachedNodes === undefined || nodes === 0 ? undefined : Math.min(1, cachedNodes / nodes)
}
