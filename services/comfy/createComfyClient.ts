import type { PromptGraph } from '../../types'
import { parseObjectInfo, type NodeSpec } from '../wire/objectInfo'
import { parsePromptAnswer, parseQueuedIds, type PromptAnswer, type QueuedIds } from '../wire/promptAnswer'
import { parseHistoryGraph, parsePromptFate, type PromptFate } from '../wire/promptFate'

/** An answer that didn't come, or made no sense: `retry` when asking again may help. */
export type Unanswered = { readonly kind: 'unanswered'; readonly message: string }

/** ComfyUI's routes as far as queuing needs them. Never rejects; every answer is bounded in time. */
export interface ComfyClient {
  /** The HTTP base, absolute. */
  readonly base: string
  queuePrompt(prompt: {
    readonly promptId: string
    readonly graph: PromptGraph
    readonly extraData: unknown
  }): Promise<PromptAnswer | Unanswered>
  /** `waiting`: not in the history yet. */
  fateOf(promptId: string): Promise<PromptFate | { readonly kind: 'waiting' } | Unanswered>
  graphOf(promptId: string): Promise<PromptGraph | undefined>
  queue(): Promise<QueuedIds | undefined>
  /** Deletes the prompt where it waits, interrupts it where it runs; nobody else's. */
  stopPrompt(promptId: string): Promise<void>
  interrupt(promptId?: string): Promise<void>
  /** `unknown`: the server has no such node. undefined: not answered. */
  nodeSpec(classType: string): Promise<NodeSpec | 'unknown' | undefined>
}

const TIMEOUT_MS = 5_000
/** A workflow of several MB may take its time on a slow wire. */
const QUEUE_TIMEOUT_MS = 30_000

/** `clientId` names the stock socket that shall hear of the prompts. */
export function createComfyClient(options: {
  readonly base: string
  readonly clientId: string
  readonly fetch: typeof fetch
}): ComfyClient {
  const { base, clientId } = options
  const ask = async (
    path: string,
    init: RequestInit = {},
    timeoutMs = TIMEOUT_MS,
  ): Promise<Answer | undefined> => {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await options.fetch(`${base}${path}`, { ...init, signal, cache: 'no-store' })
      return { status: response.status, body: await response.text() }
    } catch {
      return undefined
    }
  }
  const post = (path: string, body: unknown, timeoutMs?: number): Promise<Answer | undefined> =>
    ask(
      path,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      timeoutMs,
    )
  const queue = async (): Promise<QueuedIds | undefined> => {
    const answer = await ask('/queue')
    const ids = answer?.status === 200 ? parseQueuedIds(answer.body) : undefined
    return ids?.ok ? ids.value : undefined
  }

  return {
    base,
    async queuePrompt({ promptId, graph, extraData }) {
      const body = { prompt: graph, prompt_id: promptId, client_id: clientId, extra_data: extraData }
      const answer = await post('/prompt', body, QUEUE_TIMEOUT_MS)
      if (!answer) return unanswered('The server does not answer.')
      if (answer.status >= 500 || answer.status === 403 || answer.status === 404)
        return unanswered(`The server answered with HTTP ${answer.status}.`)
      const parsed = parsePromptAnswer(answer.status, answer.body)
      return parsed.ok ? parsed.value : unanswered('The server’s answer could not be read.')
    },
    async fateOf(promptId) {
      const answer = await ask(`/history/${encodeURIComponent(promptId)}`)
      if (answer?.status !== 200) return unanswered('The server does not answer.')
      const fate = parsePromptFate(answer.body, promptId)
      if (!fate.ok) return unanswered('The server’s history could not be read.')
      return fate.value ?? { kind: 'waiting' }
    },
    async graphOf(promptId) {
      const answer = await ask(`/history/${encodeURIComponent(promptId)}`)
      const graph = answer?.status === 200 ? parseHistoryGraph(answer.body, promptId) : undefined
      return graph?.ok ? graph.value : undefined
    },
    queue,
    async stopPrompt(promptId) {
      await post('/queue', { delete: [promptId] })
      // Older servers don't know the id in an interrupt and would stop whatever runs.
      if ((await queue())?.running.includes(promptId)) await post('/interrupt', { prompt_id: promptId })
    },
    async interrupt(promptId) {
      await post('/interrupt', promptId === undefined ? {} : { prompt_id: promptId })
    },
    async nodeSpec(classType) {
      const answer = await ask(`/object_info/${encodeURIComponent(classType)}`)
      if (answer?.status !== 200) return undefined
      const spec = parseObjectInfo(answer.body, classType)
      return spec.ok ? (spec.value ?? 'unknown') : undefined
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: string
}

const unanswered = (message: string): Unanswered => ({ kind: 'unanswered', message })
