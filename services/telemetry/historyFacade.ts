import type { HistoricalRun, ImportReport, RunHistory } from '../../types'
import type { WritableStore } from '../shared/createStore'
import type { HistoryCalls } from './servicePort'

/** The part of the contract's RunHistory that stands so far, as the page has it. */
export type PageHistory = Pick<
  RunHistory,
  | 'getRun'
  | 'getRuns'
  | 'queryRuns'
  | 'saveRun'
  | 'saveRuns'
  | 'saveScene'
  | 'traces'
  | 'storage'
  | 'deleteEverything'
  | 'subscribe'
  | 'getSnapshot'
> &
  Pick<HistoryCalls, 'expectedTime' | 'sourceLabels'>

/** Runs that are sent to the worker at once: progress and an abort are heeded in between. */
const CHUNK = 500

/** Calls, signals and progress over a history that may live on another thread. */
export function createHistoryFacade(
  calls: Promise<HistoryCalls>,
  revision: WritableStore<{ readonly revision: number }>,
): PageHistory {
  return {
    getRun: async (runId) => (await calls).getRun(runId),
    getRuns: async (runIds) => (await calls).getRuns(runIds),
    queryRuns: ({ signal, ...query } = {}) =>
      abortable(
        calls.then((services) => services.queryRuns(query)),
        signal,
      ),
    saveRun: async (run) => (await calls).saveRun(run),
    saveScene: async (runId, scene) => (await calls).saveScene(runId, scene),
    traces: async (attempts) => (await calls).traces(attempts),
    storage: async () => (await calls).storage(),
    deleteEverything: async () => (await calls).deleteEverything(),
    expectedTime: async (environment, cold) => (await calls).expectedTime(environment, cold),
    sourceLabels: async () => (await calls).sourceLabels(),
    async saveRuns(runs, { signal, onProgress, onConflict } = {}) {
      let done = 0
      let report: ImportReport = EMPTY_REPORT
      const services = await calls
      for (const chunk of chunksOf(runs)) {
        signal?.throwIfAborted()
        report = sum(report, await services.saveRuns(chunk, onConflict ? { onConflict } : {}), done)
        done += chunk.length
        onProgress?.(done)
      }
      return report
    },
    subscribe: revision.subscribe,
    getSnapshot: revision.getSnapshot,
  }
}

const EMPTY_REPORT: ImportReport = {
  added: 0,
  same: 0,
  merged: 0,
  conflicting: 0,
  invalid: [],
  dryRun: false,
}

function sum(a: ImportReport, b: ImportReport, before: number): ImportReport {
  const invalid = b.invalid.map((problem) =>
    problem.line === undefined ? problem : { ...problem, line: problem.line + before },
  )
  return {
    added: a.added + b.added,
    same: a.same + b.same,
    merged: a.merged + b.merged,
    conflicting: a.conflicting + b.conflicting,
    invalid: [...a.invalid, ...invalid],
    dryRun: false,
  }
}

function* chunksOf(runs: Iterable<HistoricalRun>): Generator<HistoricalRun[]> {
  let chunk: HistoricalRun[] = []
  for (const run of runs) {
    chunk.push(run)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
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
