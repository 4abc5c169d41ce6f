import type { LiveState, RealtimeTelemetry, RealtimeTelemetryUpdate } from '../../types'
import { createListeners, createStore } from '../shared/createStore'
import { applyPatch, EMPTY_LIVE_STATE, type LivePatch } from './livePatch'
import type { ServicePort } from './servicePort'

/** `RealtimeTelemetry` as the page has it: a mirror of the state that the services keep. */
export interface PageRealtime extends RealtimeTelemetry {
  getSnapshot(): LiveState
  /** Sets the tries before giving up, if nobody has. */
  limitTries(tries: number): void
}

/** One server's live state in the page, and the two ways in which the services feed it. */
export interface LiveMirror {
  readonly realtime: PageRealtime
  take(patch: LivePatch): void
  lifecycle(updates: readonly RealtimeTelemetryUpdate[]): void
}

export function createPageRealtime(port: Promise<ServicePort>, server: string): LiveMirror {
  const state = createStore<LiveState>(EMPTY_LIVE_STATE)
  const lifecycle = createListeners<[readonly RealtimeTelemetryUpdate[]]>()
  let disposed = false
  const tell = (call: (services: ServicePort) => void): void => {
    if (!disposed) port.then((services) => void (disposed || call(services))).catch(() => undefined)
  }
  return {
    take(patch) {
      if (!disposed) state.set(applyPatch(state.getSnapshot(), patch))
    },
    lifecycle: lifecycle.emit,
    realtime: {
      connect: () => tell((services) => services.connection(server, 'connect')),
      disconnect: () => tell((services) => services.connection(server, 'disconnect')),
      limitTries: (tries) => tell((services) => services.limitTries(server, tries)),
      subscribe: state.subscribe,
      getSnapshot: state.getSnapshot,
      onLifecycle(listener) {
        const remove = lifecycle.add(listener)
        if (lifecycle.size() === 1) tell((services) => services.watchLifecycle(server, true))
        return () => {
          remove()
          if (lifecycle.size() === 0) tell((services) => services.watchLifecycle(server, false))
        }
      },
      dispose() {
        disposed = true
        port.then((services) => services.connection(server, 'disconnect')).catch(() => undefined)
        lifecycle.clear()
      },
    },
  }
}
