import { openServices, type Services } from '../../services/telemetry/openServices'
import { BrowserSocket } from '../helpers/BrowserSocket'
import { wrapIndexedDB } from './wrapIndexedDB'

/** A browser's tab with the real services in it, in this process. */
export interface Tab {
  readonly services: Services
  /** Gone without a word, as by the browser's task manager: its lease runs out by itself. */
  kill(): void
  /** Gone as a page that says goodbye. */
  close(): Promise<void>
  setFull(isFull: boolean): void
  moveClock(ms: number): void
}

export function createTab(options: {
  readonly url: string
  readonly indexedDB: IDBFactory
  readonly dbName: string
  /** The machine's clock, which all tabs share. */
  readonly now: () => number
}): Tab {
  let moved = 0
  let isDead = false
  const storage = wrapIndexedDB(options.indexedDB)
  const services = openServices({
    url: options.url,
    dbName: options.dbName,
    indexedDB: storage.factory,
    WebSocket: BrowserSocket,
    fetch: (input, init) => (isDead ? Promise.reject(new TypeError('The tab is gone.')) : fetch(input, init)),
    now: () => options.now() + moved,
  })
  services.ready.catch(() => undefined)
  return {
    services,
    kill() {
      isDead = true
      storage.kill()
      void services.dispose()
    },
    close: () => services.dispose(),
    setFull: storage.setFull,
    moveClock: (ms) => void (moved += ms),
  }
}
