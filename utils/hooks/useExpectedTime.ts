import { useMemo, useSyncExternalStore } from 'react'
import { createStore } from '../../services/shared/createStore'
import type { ExpectedTime, ReadableStore, RealtimeTelemetryUpdate } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { subscribeThrottled } from './subscribeThrottled'
import { REFRESH_MS } from './useRevision'

/**
 * What a scene like this one usually takes; null while unknown, or when no like scene was saved. Asked again when the history changed,
 * and renders only for another answer: each of a hundred scenes asks.
 */
export function useExpectedTime(update: RealtimeTelemetryUpdate | undefined): ExpectedTime | null {
  const { history } = useTelemetry()
  const environment = update?.environment
  const key = environment && JSON.stringify(environment)
  const cold = update?.cold ?? false
  const { subscribe, getSnapshot } = useMemo(() => createAnswer(history, key, cold), [history, key, cold])
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}

type AskedHistory = ReturnType<typeof useTelemetry>['history']

/** Begins to ask with its first listener; the same reference until the answer is another. */
function createAnswer(
  history: AskedHistory,
  key: string | undefined,
  cold: boolean,
): ReadableStore<ExpectedTime | null> {
  const answer = createStore<ExpectedTime | null>(null)
  const take = (usual: ExpectedTime | undefined): void => {
    const last = answer.getSnapshot()
    if (last?.median !== usual?.median || last?.n !== usual?.n) answer.set(usual ?? null)
  }
  return {
    getSnapshot: answer.getSnapshot,
    subscribe(listener) {
      const forget = answer.subscribe(listener)
      if (key === undefined) return forget
      // What can't be had isn't known, and the history itself says why.
      const ask = (): void =>
        void history.expectedTime(JSON.parse(key), cold).then(take, () => take(undefined))
      const stop = subscribeThrottled(history, ask, REFRESH_MS)
      ask()
      return () => {
        forget()
        stop()
      }
    },
  }
}
