import { backoffDelay, BACKOFF_BASE_MS } from '../realtime/backoff'
import { openLink, type Link } from '../realtime/openLink'
import { parseStockFrame, type StockFrame } from '../wire/stockFrame'

/** Where and how it is opened. */
export interface StockSocketWorld {
  /** With the client's id in it: the same for every connection. */
  readonly address: string
  readonly WebSocket: typeof WebSocket
  readonly random: () => number
}
/** What is heard of it until it is closed. */
export interface StockSocketEvents {
  /** A frame that says something, in order. */
  onFrame(frame: StockFrame): void
  /** The socket is open, and not known to be deaf; what was sent before is gone. */
  onOpen(): void
  onRefused(): void
}
/** One socket after another, kept open. */
export interface StockSocket {
  /** Tries at once what waits. */
  hurry(): void
  close(): void
}

/** The server answers the first message through its socket table: no answer means that it is not in there. */
const DEAF_MS = 2_000
/** A server too old to answer is taken as it is after so many tries. */
const MAX_DEAF = 3
/** A deaf socket's close may never be answered. */
const CLOSE_MS = 5_000

/**
 * Keeps one `/ws` of a stock ComfyUI open, one at a time, as two of one id steal from each other. One whose first question is not
 * answered is deaf: a server that notices late that an older socket closed drops the newer one of the same id. Whoever opened it
 * closes it.
 */
export function openStockSocket(world: StockSocketWorld, events: StockSocketEvents): StockSocket {
  let link: Link | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let deaf = 0
  let isWaiting = false

  const open = (): void => {
    isWaiting = false
    link = openLink(world.WebSocket, world.address, { onOpen, onFrame, onClose })
  }
  const onOpen = (): void => {
    link?.send({ type: 'feature_flags', data: {} })
    clearTimeout(timer)
    if (deaf < MAX_DEAF) timer = setTimeout(replaceDeaf, DEAF_MS)
    events.onOpen()
  }
  const onFrame = (data: unknown): void => {
    const frame = parseStockFrame(data)
    if (!frame.ok) return events.onRefused()
    if (!frame.value) return
    attempt = 0
    if (frame.value.type !== 'featureFlags') return events.onFrame(frame.value)
    deaf = 0
    clearTimeout(timer)
  }
  const onClose = (): void => {
    clearTimeout(timer)
    attempt += 1
    isWaiting = true
    timer = setTimeout(open, backoffDelay(attempt, BACKOFF_BASE_MS, world.random))
  }
  const replaceDeaf = (): void => {
    deaf += 1
    link?.close()
    timer = setTimeout(() => {
      link?.abandon()
      onClose()
    }, CLOSE_MS)
  }

  open()
  return {
    hurry() {
      if (!isWaiting) return
      clearTimeout(timer)
      open()
    },
    close() {
      clearTimeout(timer)
      isWaiting = false
      link?.abandon()
    },
  }
}
