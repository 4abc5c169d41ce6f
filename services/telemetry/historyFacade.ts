import type { ReadableStore, RunHistory } from '../../types'
import { ofKind } from '../columns/ofKind'
import { loadPart } from '../shared/loadPart'
import type { HistoryCalls, ServicePort } from './servicePort'

/** The contract's RunHistory as the page has it, and what a live page asks besides. */
export type PageHistory = RunHistory & Pick<HistoryCalls, 'expectedTime' | 'sourceLabels'>

/** Signals and progress over a history that may live on another thread. */
export function createHistoryFacade(
  port: Promise<Pick<ServicePort, 'askHistory'>>,
  revision: ReadableStore<{ readonly revision: number }>,
  maintenance: RunHistory['maintenance'],
): PageHistory {
  const ask: ServicePort['askHistory'] = (method, args) =>
    port.then((services) => services.askHistory(method, args))
  const asking =
    <M extends keyof HistoryCalls>(method: M) =>
    (...args: Parameters<HistoryCalls[M]>) =>
      ask(method, args)
  return {
    getRun: asking('getRun'),
    getRuns: asking('getRuns'),
    queryRuns: ({ signal, ...query } = {}) => abortable(ask('queryRuns', [query]), signal),
    runIds: ({ signal, ...query } = {}) => abortable(ask('runIds', [query]), signal),
    statistics: asking('statistics'),
    trend: asking('trend'),
    chart: async (request) => ofKind(await ask('chart', [request]), request.kind),
    groups: asking('groups'),
    baseline: asking('baseline'),
    compare: (runId, { signal, ...options } = {}) => abortable(ask('compare', [runId, options]), signal),
    verdicts: asking('verdicts'),
    sceneTrends: asking('sceneTrends'),
    facets: (filter, signal) => abortable(ask('facets', [filter]), signal),
    matches: asking('matches'),
    tags: asking('tags'),
    tagRuns: asking('tagRuns'),
    renameTag: asking('renameTag'),
    annotate: asking('annotate'),
    deleteRuns: asking('deleteRuns'),
    deletions: asking('deletions'),
    restore: asking('restore'),
    retention: asking('retention'),
    saveRun: asking('saveRun'),
    saveScene: asking('saveScene'),
    saveTraces: asking('saveTraces'),
    traces: asking('traces'),
    storage: asking('storage'),
    presets: asking('presets'),
    changePresets: asking('changePresets'),
    deleteEverything: asking('deleteEverything'),
    expectedTime: asking('expectedTime'),
    sourceLabels: asking('sourceLabels'),
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
