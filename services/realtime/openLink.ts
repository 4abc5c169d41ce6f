/** One WebSocket, from opening to its end; what an abandoned one still says is not heard. */
export interface Link {
  send(message: object): void
  /** Ends it without `onClose`. */
  abandon(): void
  /** Ends it; `onClose` follows when the other side has answered. */
  close(): void
}
/** What is heard of a link until it is abandoned. */
export interface LinkEvents {
  onOpen?(): void
  onFrame(data: unknown): void
  /** Once; also when the socket never opened. */
  onClose(): void
}

const OPEN = 1

/**
 * Opens `address`. A constructor that throws (a malformed address, a blocked scheme) counts as a close, told after
 * this returned.
 */
export function openLink(Socket: typeof WebSocket, address: string, events: LinkEvents): Link {
  let heard = true
  const end = (): void => {
    if (!heard) return
    heard = false
    events.onClose()
  }
  const socket = construct(Socket, address)
  if (!socket) {
    queueMicrotask(end)
    return { send: () => undefined, abandon: () => void (heard = false), close: () => undefined }
  }
  socket.onopen = () => heard && events.onOpen?.()
  socket.onmessage = (event) => heard && events.onFrame(event.data)
  socket.onclose = end
  socket.onerror = end
  return {
    send(message) {
      if (heard && socket.readyState === OPEN) socket.send(JSON.stringify(message))
    },
    abandon() {
      heard = false
      socket.onopen = socket.onmessage = socket.onclose = null
      // Closing what is not open yet is an error, and one that nobody hears ends a process.
      socket.onerror = () => undefined
      socket.close()
    },
    close: () => socket.close(),
  }
}

function construct(Socket: typeof WebSocket, address: string): WebSocket | undefined {
  try {
    return new Socket(address)
  } catch {
    return undefined // the caller's onClose says it
  }
}
