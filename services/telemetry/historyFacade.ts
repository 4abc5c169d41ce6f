import type { ReadableStore, RunHistory } from '../../types'
import { ofKind } from '../columns/ofKind'
import { HISTORY_ANSWERS } from '../history/historyAnswers'
import { loadPart } from '../shared/loadPart'
import { mapNames } from '../shared/mapNames'
import type { HistoryCalls, ServicePort } from './servicePort'

/** `RunHistory` as the page has it, and what a live page asks besides. */
export type PageHistory = RunHistory & Pick<HistoryCalls, 'expectedTime' | 'sourceLabels'>

/** Signals and progress over a history that may live on another thread. */
export function createHistoryFacade(
  port: Promise<Pick<ServicePort, 'askHistory'>>,
  revision: ReadableStore<{ readonly revision: number }>,
  maintenance: RunHistory['maintenance'],
): PageHistory {
  const ask: ServicePort['askHistory'] = (method, args) =>
    port.then((services) => services.askHistory(method, args))
  const asIs = mapNames(
    ASKED,
    (method) =>
      (...args: readonly unknown[]) =>
        Reflect.apply(ask, undefined, [method, args]),
  )
  return {
    ...asIs,
    queryRuns: ({ signal, ...query } = {}) => abortable(ask('queryRuns', [query]), signal),
    runIds: ({ signal, ...query } = {}) => abortable(ask('runIds', [query]), signal),
    chart: async (request) => ofKind(await ask('chart', [request]), request.kind),
    compare: (runId, { signal, ...options } = {}) => abortable(ask('compare', [runId, options]), signal),
    facets: (filter, signal) => abortable(ask('facets', [filter]), signal),
    async saveRuns(runs, { signal, onProgress, onConflict } = {}) {
      const { saveInBatches } = await loadPart(() => import('../history/saveInBatches'))
      const how = onConflict ? { onConflict } : {}
      return saveInBatches(runs, (batch) => ask('saveRuns', [batch, how]), { signal, onProgress })
    },
    maintenance,
    subscribe: revision.subscribe,
    getSnapshot: revision.getSnapshot,
    // It is the telemetry's: `dispose()` closes it for every tab's recorder in order.
    close: () => undefined,
  }
}

/** Calls that cross as they are. Those of them that have a signal, progress or a type of their own are put over these. */
const ASKED = [
  ...HISTORY_ANSWERS,
  'getRun',
  'getRuns',
  'saveRun',
  'saveScene',
  'saveTraces',
  'storage',
  'presets',
  'changePresets',
  'deleteEverything',
  'expectedTime',
  'sourceLabels',
] as const satisfies readonly (keyof HistoryCalls)[]

/** Rejects as soon as the signal says so; the answer that comes later is dropped. */
function abortable<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
