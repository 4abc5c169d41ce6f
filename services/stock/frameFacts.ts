import type { RealtimeTelemetryUpdate } from '../../types'
import { createRecentMap } from '../shared/createRecentMap'
import type { StockEnd } from '../wire/stockEnd'
import type { StockFrame } from '../wire/stockFrame'
import { memberOf } from '../wire/promptLabel'

/** What the socket told of a prompt; it may come before the queue shows whose the prompt is. */
export interface PromptFacts {
  readonly startedAt?: number
  readonly cachedNodes?: number
  readonly progress?: NonNullable<RealtimeTelemetryUpdate['progress']>
}
/** Keeps what the socket told of each prompt until it is forgotten. */
export interface FrameFacts {
  /** What is known of the prompt after this frame. `graph`, where it is known, names the nodes' types. */
  note(frame: Extract<StockFrame, { promptId: string }>, graph: unknown): PromptFacts
  of(promptId: string): PromptFacts
  endOf(promptId: string): StockEnd | undefined
  forget(promptId: string): void
}

const MAX_PROMPTS = 500

/** Of the 500 prompts that were last told of. */
export function createFrameFacts(): FrameFacts {
  const facts = createRecentMap<PromptFacts>(MAX_PROMPTS)
  const ends = createRecentMap<StockEnd>(MAX_PROMPTS)
  return {
    note(frame, graph) {
      if (frame.type === 'ended') ends.set(frame.promptId, frame.end)
      const next = { ...facts.get(frame.promptId), ...factOf(frame, graph) }
      facts.set(frame.promptId, next)
      return next
    },
    of: (promptId) => facts.get(promptId) ?? {},
    endOf: (promptId) => ends.get(promptId),
    forget(promptId) {
      facts.delete(promptId)
      ends.delete(promptId)
    },
  }
}

function factOf(frame: Extract<StockFrame, { promptId: string }>, graph: unknown): PromptFacts {
  switch (frame.type) {
    case 'started':
      return { startedAt: frame.timestamp }
    case 'cached':
      return { cachedNodes: frame.nodes }
    case 'executing':
      return frame.nodeId === undefined ? {} : { progress: progressOf(0, 1, frame.nodeId, graph) }
    case 'progress':
      return { progress: progressOf(frame.value, frame.max, frame.nodeId, graph) }
    case 'ended':
      return {}
  }
}

function progressOf(
  value: number,
  max: number,
  nodeId: string | undefined,
  graph: unknown,
): NonNullable<PromptFacts['progress']> {
  const nodeType = nodeId === undefined ? undefined : memberOf(memberOf(graph, nodeId), 'class_type')
  return {
    value,
    max,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(typeof nodeType === 'string' && nodeType.length <= MAX_TYPE ? { nodeType } : {}),
  }
}

const MAX_TYPE = 256
