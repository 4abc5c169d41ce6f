import { WebSocket } from 'ws'

/** The DevTools protocol, plain. Whoever connected closes it; what waits for an answer then is rejected. */
export interface Cdp {
  /** Rejects with the browser's own words. */
  send(method: string, params?: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>>
  /** Resolves at the next event of that name in that session. */
  once(event: string, sessionId: string): Promise<void>
  close(): void
}

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

export async function connectCdp(address: string): Promise<Cdp> {
  const socket = new WebSocket(address, { maxPayload: 256 * 1024 * 1024 })
  const waiting = new Map<number, (answer: Answer) => void>()
  const listeners = new Set<(answer: Answer) => void>()
  let last = 0
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id === undefined) return listeners.forEach((listener) => listener(answer))
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  socket.on('close', () => {
    for (const settle of waiting.values()) settle({ error: { message: 'The browser is gone.' } })
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = (last += 1)
        waiting.set(id, ({ result, error }) =>
          error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
        )
        socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }))
      }),
    once: (event, sessionId) =>
      new Promise((resolve) => {
        const listener = (answer: Answer): void => {
          if (answer.method !== event || answer.sessionId !== sessionId) return
          listeners.delete(listener)
          resolve()
        }
        listeners.add(listener)
      }),
    close: () => socket.close(),
  }
}
