import { createListeners } from '../shared/createStore'
import { parseWith } from '../wire/parse'
import { toldSchema, type ToldMessage } from '../wire/told'

/**
 * How the queuing side reaches the recorder of every tab of this browser where no node carries its word. Whoever made it closes it.
 */
export interface ToldChannel {
  /** To the listeners of this tab at once, and to those of the others. */
  tell(message: ToldMessage): void
  onTold(listener: (message: ToldMessage) => void): () => void
  close(): void
}

/** So many messages are kept for who can't take them yet. */
export const MAX_TOLD = 1_000

const CHANNEL = 'gemdirect1-telemetry-told'

export function createToldChannel(): ToldChannel {
  const listeners = createListeners<[ToldMessage]>()
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL)
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = parseWith(toldSchema, data)
      if (message.ok) listeners.emit(message.value)
    }
    // In Node an open channel keeps the process alive.
    if ('unref' in channel && typeof channel.unref === 'function') channel.unref()
  }
  return {
    tell(message) {
      listeners.emit(message)
      channel?.postMessage(message)
    },
    onTold: listeners.add,
    close() {
      listeners.clear()
      channel?.close()
    },
  }
}
