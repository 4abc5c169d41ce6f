import { proxy, releaseProxy, wrap } from 'comlink'
import type { ServicePort } from './servicePort'

/** A worker that can't close its books by then is ended; the lease it held expires by itself. */
const DISPOSE_MS = 2_000

/**
 * A service port whose services live in a worker of their own. Rejects when the worker can't be loaded. `dispose` ends the
 * worker, after its services had time to give back what they hold.
 */
export async function createWorkerPort(): Promise<ServicePort> {
  const worker = new Worker(new URL('./telemetry.worker.ts', import.meta.url), {
    type: 'module',
    name: 'gemdirect1-telemetry',
  })
  const remote = wrap<ServicePort>(worker)
  const end = (): void => {
    remote[releaseProxy]()
    worker.terminate()
  }
  await Promise.race([remote.ping(), failureOf(worker)]).catch((error: unknown) => {
    end()
    throw error
  })
  return {
    ping: () => remote.ping(),
    start: (options, sinks) => remote.start(options, proxy(sinks)),
    connection: (server, command) => void remote.connection(server, command),
    hurry: () => void remote.hurry(),
    limitTries: (server, tries) => void remote.limitTries(server, tries),
    watchLifecycle: (server, isWatched) => void remote.watchLifecycle(server, isWatched),
    addServer: (server) => remote.addServer(server),
    renameServer: (id, name) => remote.renameServer(id, name),
    removeServer: (id) => remote.removeServer(id),
    reorderServers: (ids) => remote.reorderServers(ids),
    probe: () => remote.probe(),
    systemStats: () => remote.systemStats(),
    validate: (request) => remote.validate(request),
    generate: (runId, request) => remote.generate(runId, request),
    retryFailed: (runId) => remote.retryFailed(runId),
    resume: (runId) => remote.resume(runId),
    unfinished: () => remote.unfinished(),
    discard: (runId) => remote.discard(runId),
    interrupt: (promptId) => remote.interrupt(promptId),
    stopRun: (runId) => remote.stopRun(runId),
    report: (method, args) => remote.report(method, args),
    importFile: (task, file, how, onProgress) => remote.importFile(task, file, how, proxy(onProgress)),
    exportFile: (task, how, onProgress) => remote.exportFile(task, how, proxy(onProgress)),
    cancelFile: (task) => remote.cancelFile(task),
    askHistory: askRemote(remote.askHistory),
    async dispose() {
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, DISPOSE_MS)))
      try {
        await Promise.race([remote.dispose(), late])
      } finally {
        clearTimeout(timer)
        end()
      }
    },
  }
}

/** comlink's type of a remote function has no room for a method's name that decides about the answer. */
function askRemote(remote: unknown): ServicePort['askHistory'] {
  if (!isAsk(remote)) throw new Error('The telemetry worker cannot be asked.')
  return remote
}
const isAsk = (remote: unknown): remote is ServicePort['askHistory'] => typeof remote === 'function'

function failureOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener('error', () => reject(new Error('The telemetry worker could not be loaded.')), {
      once: true,
    })
  })
}
