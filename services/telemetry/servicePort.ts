import type {
  ExpectedTime,
  GenerateRequest,
  Generation,
  HistoricalRun,
  RealtimeTelemetryUpdate,
  RecordingState,
  Result,
  RunEnvironment,
  RunHistory,
  StorageReport,
} from '../../types'
import type { ComfyUIQueue } from '../comfyUIService'
import { asResult, type GenerateFailure } from '../comfy/generateError'
import type { SourceLabel } from '../history/serverBook'
import type { Server } from '../servers/createServer'
import type { ListedServer } from '../servers/createServers'
import { createDisposer } from '../shared/createDisposer'
import { loadPart } from '../shared/loadPart'
import { onDemand } from '../shared/onDemand'
import type { FileCalls } from './fileCalls'
import type { LivePatch } from './livePatch'
import { openServices, type ServiceOptions, type Services } from './openServices'
import { streamLive } from './streamLive'

/** What the services tell the page. Each answer means that the page has taken it in: only then the next is sent. */
export interface PageSinks {
  live(server: string, patch: LivePatch): Promise<void> | void
  lifecycle(server: string, updates: readonly RealtimeTelemetryUpdate[]): void
  /** After the first patch of a server that came, and after the last of one that went. */
  servers(list: readonly ListedServer[]): void
  recording(state: RecordingState): void
  revision(revision: number): void
  maintenance(task: ReturnType<RunHistory['maintenance']['getSnapshot']>): void
  generations(running: readonly Generation[]): void
}

/** What the page asks the history, data only: a signal or a callback stays on its side. */
export type HistoryCalls = Omit<RunHistory, 'maintenance' | 'subscribe' | 'getSnapshot' | 'close'> & {
  expectedTime(environment: RunEnvironment, cold: boolean): Promise<ExpectedTime | undefined>
  /** What the servers of the saved runs are called. */
  sourceLabels(): Promise<readonly SourceLabel[]>
}

/** The list of servers, as it may be changed from the page. */
export interface ServerCalls {
  addServer(server: { url: string; name?: string }): Promise<Result<ListedServer, string>>
  renameServer(id: string, name: string): Promise<void>
  removeServer(id: string): Promise<void>
  reorderServers(ids: readonly string[]): Promise<void>
}

/** The queue's questions and answers as they cross a thread. */
export interface QueueCalls extends Pick<
  ComfyUIQueue,
  'probe' | 'systemStats' | 'validate' | 'unfinished' | 'discard' | 'interrupt' | 'report'
> {
  /** Each resolves when the run has ended. */
  generate(runId: string, request: GenerateRequest): Promise<Result<HistoricalRun, GenerateFailure>>
  retryFailed(runId: string): Promise<Result<HistoricalRun, GenerateFailure>>
  resume(runId: string): Promise<Result<HistoricalRun, GenerateFailure>>
  stopRun(runId: string): Promise<void>
}

/** One telemetry's services behind asynchronous calls only, so that they may live in a worker. */
export interface ServicePort extends FileCalls, QueueCalls, ServerCalls {
  /** Answers once the services can be started. */
  ping(): Promise<void>
  /** Begins; once. Resolves when the history is open. */
  start(options: ServiceOptions, sinks: PageSinks): Promise<StorageReport>
  /** A server that is gone is told nothing; so below. */
  connection(server: string, command: 'connect' | 'disconnect'): void
  /** Every server that waits is tried at once. */
  hurry(): void
  limitTries(server: string, tries: number): void
  /** A server's lifecycle updates are sent only while somebody listens. */
  watchLifecycle(server: string, isWatched: boolean): void
  askHistory<M extends keyof HistoryCalls>(
    method: M,
    args: Parameters<HistoryCalls[M]>,
  ): Promise<Awaited<ReturnType<HistoryCalls[M]>>>
  dispose(): Promise<void>
}

export function createServicePort(): ServicePort {
  const disposer = createDisposer()
  let services: Services | undefined
  let sinks: PageSinks | undefined
  const watches = new Map<string, () => void>()

  const started = (): Services => {
    if (!services) throw new Error('The telemetry services were asked before they were started.')
    return services
  }
  const calls = async (): Promise<HistoryCalls> => {
    const { history, expectedTime, servers } = await started().opened
    return { ...history, expectedTime, sourceLabels: servers.labels }
  }

  /** Its code is loaded with the first file. */
  const files = onDemand(['importFile', 'exportFile', 'cancelFile'], async () => {
    const { createFileCalls } = await loadPart(() => import('./fileCalls'))
    return createFileCalls((await started().opened).history)
  })

  return {
    ping: () => Promise.resolve(),
    start(options, page) {
      sinks = page
      services = openServices(options)
      const { servers } = services
      disposer.add(servers.each(({ id, realtime }) => streamLive(realtime, (patch) => page.live(id, patch))))
      const list = (): void => page.servers(servers.list.getSnapshot())
      disposer.add(servers.list.subscribe(list))
      list()
      disposer.add(services.recording.subscribe(() => page.recording(started().recording.getSnapshot())))
      page.recording(services.recording.getSnapshot())
      const { generations } = services.comfy
      disposer.add(generations.subscribe(() => page.generations(generations.getSnapshot())))
      const { maintenance } = services
      disposer.add(maintenance.subscribe(() => page.maintenance(maintenance.getSnapshot())))
      services.opened.then(
        ({ history }) => {
          disposer.add(history.subscribe(() => page.revision(history.getSnapshot().revision)))
          page.revision(history.getSnapshot().revision)
        },
        () => undefined, // `ready` tells it
      )
      return services.ready
    },
    connection: (server, command) => started().servers.get(server)?.realtime[command](),
    hurry: () => started().servers.each(hurry)(),
    limitTries: (server, tries) => started().servers.get(server)?.realtime.limitTries(tries),
    watchLifecycle(server, isWatched) {
      watches.get(server)?.()
      watches.delete(server)
      const live = isWatched ? started().servers.get(server)?.realtime : undefined
      if (live)
        watches.set(
          server,
          live.onLifecycle((updates) => sinks?.lifecycle(server, updates)),
        )
    },
    addServer: (server) => started().servers.add(server),
    renameServer: (id, name) => started().servers.rename(id, name),
    removeServer: (id) => started().servers.remove(id),
    reorderServers: (ids) => started().servers.reorder(ids),
    probe: () => started().comfy.probe(),
    systemStats: () => started().comfy.systemStats(),
    validate: (request) => started().comfy.validate(request),
    generate: (runId, request) => asResult(started().comfy.generate(runId, request)),
    retryFailed: (runId) => asResult(started().comfy.retryFailed(runId)),
    resume: (runId) => asResult(started().comfy.resume(runId)),
    unfinished: () => started().comfy.unfinished(),
    discard: (runId) => started().comfy.discard(runId),
    interrupt: (promptId) => started().comfy.interrupt(promptId),
    stopRun: (runId) => started().comfy.stop(runId),
    report: (method, args) => started().comfy.report(method, args),
    ...files,
    async askHistory(method, args) {
      const history = await calls()
      return Reflect.apply(history[method], history, args)
    },
    async dispose() {
      disposer.dispose()
      for (const unwatch of watches.values()) unwatch()
      await services?.dispose()
    },
  }
}

const hurry = ({ realtime }: Server) => {
  realtime.hurry()
  return () => undefined
}
