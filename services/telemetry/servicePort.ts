import type {
  ExpectedTime,
  GenerateRequest,
  Generation,
  GpuTrace,
  HistoricalRun,
  HistoricalSceneMetrics,
  HostReporter,
  ImportReport,
  LiveState,
  RealtimeTelemetryUpdate,
  RecordingState,
  Result,
  RunEnvironment,
  RunQuery,
  RunSummary,
  StorageReport,
} from '../../types'
import type { ComfyUIQueue } from '../comfyUIService'
import { createHostReporter } from '../comfy/createHostReporter'
import { asResult, type GenerateFailure } from '../comfy/generateError'
import { createDisposer } from '../shared/createDisposer'
import { EMPTY_LIVE_STATE, patchOf, type LivePatch } from './livePatch'
import { openServices, type ServiceOptions, type Services } from './openServices'

/** What the services tell the page. Each answer means that the page has taken it in: only then the next is sent. */
export interface PageSinks {
  live(patch: LivePatch): Promise<void> | void
  lifecycle(updates: readonly RealtimeTelemetryUpdate[]): void
  recording(state: RecordingState): void
  revision(revision: number): void
  generations(running: readonly Generation[]): void
}

/** The history's questions and answers as they cross a thread: data only, no signals and no callbacks. */
export interface HistoryCalls {
  getRun(runId: string): Promise<HistoricalRun | undefined>
  getRuns(runIds: readonly string[]): Promise<readonly HistoricalRun[]>
  queryRuns(
    query: Omit<RunQuery, 'signal'>,
  ): Promise<{ readonly runs: readonly RunSummary[]; readonly total: number }>
  saveRun(run: HistoricalRun): Promise<void>
  saveRuns(
    runs: readonly HistoricalRun[],
    options: { onConflict?: 'keep' | 'replace' | 'merge' },
  ): Promise<ImportReport>
  saveScene(runId: string, scene: HistoricalSceneMetrics): Promise<void>
  traces(
    attempts: readonly { readonly source: string; readonly promptId: string }[],
  ): Promise<readonly GpuTrace[]>
  storage(): Promise<StorageReport>
  deleteEverything(): Promise<void>
  expectedTime(environment: RunEnvironment, cold: boolean): Promise<ExpectedTime | undefined>
}

/** The queue's questions and answers as they cross a thread. */
export interface QueueCalls extends Pick<
  ComfyUIQueue,
  'probe' | 'systemStats' | 'validate' | 'unfinished' | 'discard' | 'interrupt'
> {
  /** Each resolves when the run has ended. */
  generate(runId: string, request: GenerateRequest): Promise<Result<HistoricalRun, GenerateFailure>>
  retryFailed(runId: string): Promise<Result<HistoricalRun, GenerateFailure>>
  resume(runId: string): Promise<Result<HistoricalRun, GenerateFailure>>
  stopRun(runId: string): Promise<void>
  report<M extends keyof HostReporter>(method: M, args: Parameters<HostReporter[M]>): Promise<void>
}

/** One telemetry's services behind asynchronous calls only, so that they may live in a worker. */
export interface ServicePort extends HistoryCalls, QueueCalls {
  /** Answers once the services can be started. */
  ping(): Promise<void>
  /** Begins; once. Resolves when the history is open. */
  start(options: ServiceOptions, sinks: PageSinks): Promise<StorageReport>
  connection(command: 'connect' | 'disconnect' | 'hurry'): void
  limitTries(tries: number): void
  /** Lifecycle updates are sent only while somebody listens. */
  watchLifecycle(isWatched: boolean): void
  dispose(): Promise<void>
}

export function createServicePort(): ServicePort {
  const disposer = createDisposer()
  let services: Services | undefined
  let unwatch: (() => void) | undefined
  let sinks: PageSinks | undefined

  const started = (): Services => {
    if (!services) throw new Error('The telemetry services were asked before they were started.')
    return services
  }
  const saved = async () => (await started().opened).history

  return {
    ping: () => Promise.resolve(),
    start(options, page) {
      sinks = page
      services = openServices(options)
      disposer.add(streamLive(services, page))
      disposer.add(services.recording.subscribe(() => page.recording(started().recording.getSnapshot())))
      page.recording(services.recording.getSnapshot())
      const { generations } = services.comfy
      disposer.add(generations.subscribe(() => page.generations(generations.getSnapshot())))
      services.opened.then(
        ({ history }) => {
          disposer.add(history.subscribe(() => page.revision(history.getSnapshot().revision)))
          page.revision(history.getSnapshot().revision)
        },
        () => undefined, // `ready` tells it
      )
      return services.ready
    },
    connection: (command) => started().realtime[command](),
    limitTries: (tries) => started().realtime.limitTries(tries),
    watchLifecycle(isWatched) {
      unwatch?.()
      unwatch = isWatched ? started().realtime.onLifecycle((updates) => sinks?.lifecycle(updates)) : undefined
    },
    probe: () => started().comfy.probe(),
    systemStats: () => started().comfy.systemStats(),
    validate: (request) => started().comfy.validate(request),
    generate: (runId, request) => asResult(started().comfy.generate(runId, request)),
    retryFailed: (runId) => asResult(started().comfy.retryFailed(runId)),
    resume: (runId) => asResult(started().comfy.resume(runId)),
    unfinished: () => started().comfy.unfinished(),
    discard: (runId) => started().comfy.discard(runId),
    interrupt: (promptId) => started().comfy.interrupt(promptId),
    stopRun: async (runId) => started().comfy.stop(runId),
    async report(method, args) {
      const reporter = createHostReporter(started().comfy.teller)
      Reflect.apply(reporter[method], undefined, args)
    },
    getRun: async (runId) => (await saved()).getRun(runId),
    getRuns: async (runIds) => (await saved()).getRuns(runIds),
    queryRuns: async (query) => (await saved()).queryRuns(query),
    saveRun: async (run) => (await saved()).saveRun(run),
    saveRuns: async (runs, options) => (await saved()).saveRuns(runs, options),
    saveScene: async (runId, scene) => (await saved()).saveScene(runId, scene),
    traces: async (attempts) => (await saved()).traces(attempts),
    storage: async () => (await saved()).storage(),
    deleteEverything: async () => (await saved()).deleteEverything(),
    expectedTime: async (environment, cold) => (await started().opened).expectedTime(environment, cold),
    async dispose() {
      disposer.dispose()
      unwatch?.()
      await services?.dispose()
    },
  }
}

/** Sends the page what changed; while it has not taken in the last patch, changes gather for the next. */
function streamLive({ realtime }: Services, sinks: PageSinks): () => void {
  let sent: LiveState = EMPTY_LIVE_STATE
  let busy = false
  let due = false
  let stopped = false
  const send = async (): Promise<void> => {
    due = true
    if (busy) return
    busy = true
    try {
      while (due && !stopped) {
        due = false
        const next = realtime.getSnapshot()
        const patch = patchOf(sent, next)
        sent = next
        await sinks.live(patch)
      }
    } finally {
      busy = false
    }
  }
  const unsubscribe = realtime.subscribe(() => void send())
  void send()
  return () => {
    stopped = true
    unsubscribe()
  }
}
