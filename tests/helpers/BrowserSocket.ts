import { WebSocket } from 'ws'

/** A browser's WebSocket: an error that nobody listens to is none to a browser, and the end of a process to ws. */
class QuietSocket extends WebSocket {
  constructor(address: string) {
    super(address)
    this.on('error', () => undefined)
  }
}

export const BrowserSocket = QuietSocket as unknown as typeof globalThis.WebSocket
