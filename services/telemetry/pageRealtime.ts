import type { LiveState, RealtimeTelemetry, RealtimeTelemetryUpdate } from '../../types'
import { createListeners, createStore } from '../shared/createStore'
import { applyPatch, EMPTY_LIVE_STATE } from './livePatch'
import type { PageSinks, ServicePort } from './servicePort'

/** The contract's RealtimeTelemetry as the page has it: a mirror of the state that the services keep. */
export interface PageRealtime extends RealtimeTelemetry {
  getSnapshot(): LiveState
  /** Sets the tries before giving up, if nobody has. */
  limitTries(tries: number): void
}

/** `sinks` feed the mirror; they are handed to the services once. */
export function createPageRealtime(port: Promise<ServicePort>): {
  readonly realtime: PageRealtime
  readonly sinks: Pick<PageSinks, 'live' | 'lifecycle'>
} {
  const state = createStore<LiveState>(EMPTY_LIVE_STATE)
  const lifecycle = createListeners<[readonly RealtimeTelemetryUpdate[]]>()
  let disposed = false
  const tell = (call: (services: ServicePort) => void): void => {
    if (!disposed) port.then((services) => void (disposed || call(services))).catch(() => undefined)
  }
  return {
    sinks: {
      live: (patch) => {
        if (!disposed) state.set(applyPatch(state.getSnapshot(), patch))
      },
      lifecycle: lifecycle.emit,
    },
    realtime: {
      connect: () => tell((services) => services.connection('connect')),
      disconnect: () => tell((services) => services.connection('disconnect')),
      limitTries: (tries) => tell((services) => services.limitTries(tries)),
      subscribe: state.subscribe,
      getSnapshot: state.getSnapshot,
      onLifecycle(listener) {
        const remove = lifecycle.add(listener)
        if (lifecycle.size() === 1) tell((services) => services.watchLifecycle(true))
        return () => {
          remove()
          if (lifecycle.size() === 0) tell((services) => services.watchLifecycle(false))
        }
      },
      dispose() {
        disposed = true
        port.then((services) => services.connection('disconnect')).catch(() => undefined)
        lifecycle.clear()
      },
    },
  }
}
