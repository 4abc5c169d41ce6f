import type { ReadableStore, RunHistory } from '../../types'
import { ofKind } from '../columns/ofKind'
import { loadPart } from '../shared/loadPart'
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
  return {
    getRun: (runId) => ask('getRun', [runId]),
    getRuns: (runIds) => ask('getRuns', [runIds]),
    queryRuns: ({ signal, ...query } = {}) => abortable(ask('queryRuns', [query]), signal),
    runIds: ({ signal, ...query } = {}) => abortable(ask('runIds', [query]), signal),
    statistics: (filter, asOf) => ask('statistics', [filter, asOf]),
    trend: (metric, filter, asOf) => ask('trend', [metric, filter, asOf]),
    chart: async (request) => ofKind(await ask('chart', [request]), request.kind),
    groups: (by, filter) => ask('groups', [by, filter]),
    baseline: (runId, options) => ask('baseline', [runId, options]),
    compare: (runId, { signal, ...options } = {}) => abortable(ask('compare', [runId, options]), signal),
    verdicts: (runIds) => ask('verdicts', [runIds]),
    sceneTrends: (scenes) => ask('sceneTrends', [scenes]),
    facets: (filter, signal) => abortable(ask('facets', [filter]), signal),
    matches: (runIds, filter) => ask('matches', [runIds, filter]),
    tags: () => ask('tags', []),
    tagRuns: (runIds, change) => ask('tagRuns', [runIds, change]),
    renameTag: (from, to) => ask('renameTag', [from, to]),
    annotate: (runId, change) => ask('annotate', [runId, change]),
    deleteRuns: (runIds) => ask('deleteRuns', [runIds]),
    restore: (token) => ask('restore', [token]),
    retention: (rules, options) => ask('retention', [rules, options]),
    saveRun: (run) => ask('saveRun', [run]),
    saveScene: (runId, scene) => ask('saveScene', [runId, scene]),
    saveTraces: (traces) => ask('saveTraces', [traces]),
    traces: (attempts) => ask('traces', [attempts]),
    storage: () => ask('storage', []),
    presets: () => ask('presets', []),
    changePresets: (change) => ask('changePresets', [change]),
    deleteEverything: () => ask('deleteEverything', []),
    expectedTime: (environment, cold) => ask('expectedTime', [environment, cold]),
    sourceLabels: () => ask('sourceLabels', []),
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
