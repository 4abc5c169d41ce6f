import type { ToldChannel } from '../told/createToldChannel'
import type { RunMessage } from '../wire/messages'
import type { LabelMessage, OutcomeMessage } from '../wire/told'

/** How a prompt's outcome and a run's begin, stop and end reach the history of every browser. */
export interface Teller {
  /**
   * Resolves once the server's node has it, or the tabs of this browser have where there is no node; at the latest after some 2 s,
   * so that nobody waits for a dead server. What the node could not take is offered again until it is disposed of.
   */
  tell(message: OutcomeMessage | LabelMessage | RunMessage): Promise<void>
  dispose(): void
}

const ANSWER_MS = 2_000
const AGAIN_MS = 5_000
const MAX_WAITING = 1_000

export function createTeller(options: {
  readonly base: string
  readonly fetch: typeof fetch
  readonly told: ToldChannel
  readonly now: () => number
  /** Whether the stream has found out that there is no node. */
  readonly isStock: () => boolean
}): Teller {
  const { base, told, now } = options
  let waiting: (OutcomeMessage | RunMessage)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const post = async (message: OutcomeMessage | RunMessage): Promise<'taken' | 'no-node' | 'unanswered'> => {
    try {
      const response = await options.fetch(`${base}/telemetry/${message.type}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      if (response.status === 404 || response.status === 405) return 'no-node'
      // What the node refuses as nonsense it will not take the next time either.
      return response.status >= 500 ? 'unanswered' : 'taken'
    } catch {
      return 'unanswered'
    }
  }
  const deliver = async (message: OutcomeMessage | RunMessage): Promise<boolean> => {
    const answer = options.isStock() ? 'no-node' : await post(message)
    if (answer === 'no-node') told.tell({ ...message, base, at: now() })
    return answer !== 'unanswered'
  }
  const again = async (): Promise<void> => {
    timer = undefined
    while (waiting[0] && (await deliver(waiting[0]))) waiting.shift()
    if (waiting.length > 0) later()
  }
  const later = (): void => void (timer ??= setTimeout(() => void again(), AGAIN_MS))

  return {
    async tell(message) {
      // Labels are this browser's own knowledge: the node has no use for them.
      if (message.type === 'label') return told.tell({ ...message, base, at: now() })
      // In their order: what was told first arrives first.
      const isTold = waiting.length === 0 && (await deliver(message))
      if (isTold) return
      waiting = [...waiting, message].slice(-MAX_WAITING)
      later()
    },
    dispose() {
      clearTimeout(timer)
      waiting = []
    },
  }
}
