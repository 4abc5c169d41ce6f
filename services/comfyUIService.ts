import type {
  ComfyUIService,
  Connection,
  Generation,
  GenerateProblem,
  GenerateRequest,
  HistoricalRun,
  HostReporter,
  ReadableStore,
} from '../types'
import { createHostReporter } from './comfy/createHostReporter'
import { createGenerations } from './comfy/createGenerations'
import { createQueueWorlds } from './comfy/createQueueWorlds'
import { GenerateError } from './comfy/generateError'
import { summaryOf } from './comfy/jobState'
import { planAgain } from './comfy/planAgain'
import type { SavedRunWorld } from './comfy/savedRun'
import { validateRequest } from './comfy/validateRequest'
import { createJobStore } from './history/createJobStore'
import type { Storage } from './history/storage'
import { readSystemStats } from './realtime/pollSystemStats'
import { probeServer } from './realtime/probeServer'
import type { RunningServers } from './servers/createServers'
import type { ToldChannel } from './told/createToldChannel'

/** `ComfyUIService` with data only, so that it may live on another thread: a run is known by its id. */
export interface ComfyUIQueue extends Pick<
  ComfyUIService,
  'probe' | 'validate' | 'unfinished' | 'discard' | 'interrupt' | 'systemStats'
> {
  /** The runs that this tab queues. */
  readonly generations: ReadableStore<readonly Generation[]>
  /** Resolves with the run as the history has it once it has ended; rejects with a GenerateError. */
  generate(runId: string, request: GenerateRequest): Promise<HistoricalRun>
  /** The failed scenes once more, as the same run's next attempts. */
  retryFailed(runId: string): Promise<HistoricalRun>
  resume(runId: string): Promise<HistoricalRun>
  stop(runId: string): Promise<void>
  /** What a host that queues by itself says of it, in the order in which it is said. */
  report<M extends keyof HostReporter>(method: M, args: Parameters<HostReporter[M]>): Promise<void>
  /** Resolves when it can be asked. */
  ready(): Promise<void>
  dispose(): Promise<void>
}

export interface ComfyUIQueueOptions {
  /** A request names one by its id; without, it is for the first. */
  readonly servers: Pick<RunningServers, 'get' | 'home'>
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly random?: () => number
  /** Of the page, for the words of a refusal. */
  readonly origin: string
  readonly told: ToldChannel
  readonly history: Promise<{
    readonly storage: Storage
    readonly tab: string
    readonly history: Omit<SavedRunWorld, 'now'>
  }>
}

/** Asks a ComfyUI server, and queues runs on it under a policy. Whoever made it disposes of it; what is on the server stays. */
export function createComfyUIQueue(options: ComfyUIQueueOptions): ComfyUIQueue {
  const { now, servers } = options
  const never = new AbortController().signal
  const worldOf = createQueueWorlds(options)
  const home = worldOf(undefined)
  const reporter = createHostReporter(home.teller)
  const opened = options.history.then(({ storage, tab, history }) => {
    const jobs = createJobStore(storage, tab, now)
    return { jobs, getRun: history.getRun, generations: createGenerations(jobs, { ...history, now }) }
  })
  opened.catch(() => undefined) // each call tells it
  const generations = mirrorOf(opened.then((parts) => parts.generations.state))

  const goOn = async (runId: string): Promise<HistoricalRun> => {
    const { jobs, generations: running } = await opened
    const job = running.has(runId) ? undefined : await jobs.take(runId)
    if (!job) throw new GenerateError('taken', 'The run is being queued already, or its plan is gone.')
    const pause = { from: job.progress.aliveAt, to: now(), isResumed: true } as const
    const isNotable = pause.to - pause.from >= NOTABLE_PAUSE_MS
    const pauses = isNotable ? [...job.progress.pauses, pause] : job.progress.pauses
    const world = worldOf(job.plan.request.server)
    return running.start({ ...job, progress: { ...job.progress, pauses } }, world)
  }

  return {
    generations,
    report: async (method, args) => void Reflect.apply(reporter[method], undefined, args),
    ready: () => Promise.resolve(),
    probe: () => probe(servers.home.base, options, never),
    systemStats: async () => (await readSystemStats(servers.home.base, options.fetch, never))?.gpus ?? [],
    validate: async (request) => validateRequest(request, worldOf(request.server).client),
    async generate(runId, request) {
      const world = worldOf(request.server)
      const problems = await validateRequest(request, world.client)
      if (problems.length > 0) throw new GenerateError('invalid', sentenceOf(problems), problems)
      const { jobs, generations: running } = await opened
      const plan = { runId, request, createdAt: now() }
      return running.start({ plan, progress: await jobs.begin(plan) }, world)
    },
    async retryFailed(runId) {
      const { jobs, getRun, generations: running } = await opened
      if (running.has(runId)) throw new GenerateError('taken', 'The run is still being queued.')
      const job = await jobs.load(runId)
      const world = worldOf(job?.plan.request.server)
      const again = await planAgain(runId, job, await getRun(runId), world.client)
      return running.start(
        { plan: { ...again.plan, createdAt: now() }, progress: await jobs.begin(again.plan, again.from) },
        world,
      )
    },
    resume: goOn,
    async unfinished() {
      const { jobs, generations: running } = await opened
      const open = (await jobs.list()).filter(
        ({ plan, progress }) =>
          progress.status === 'running' && !jobs.isHeld(progress) && !running.has(plan.runId),
      )
      return open.map(({ plan, plan: { runId, request }, progress }) => ({
        runId,
        ...(request.runName === undefined ? {} : { runName: request.runName }),
        done: request.scenes.filter(({ sceneId }) => progress.scenes[sceneId]?.at(-1)?.exitReason).length,
        of: request.scenes.length,
        toQueue: summaryOf(plan, progress, false).toQueue,
        pausedSince: progress.aliveAt,
      }))
    },
    async discard(runId) {
      const { jobs } = await opened
      const job = await jobs.take(runId)
      if (!job) return
      const { client, teller } = worldOf(job.plan.request.server)
      await teller.tell({ type: 'run', runId, event: 'stopped' })
      const open = Object.values(job.progress.scenes).flat()
      for (const { promptId, exitReason } of open)
        if (exitReason === undefined) await client.stopPrompt(promptId)
      await jobs.remove(runId)
    },
    interrupt: (promptId) => home.client.interrupt(promptId),
    stop: (runId) => opened.then((parts) => parts.generations.stop(runId)).catch(() => undefined),
    async dispose() {
      await opened.then((parts) => parts.generations.dispose()).catch(() => undefined)
      worldOf.dispose()
    },
  }
}

async function probe(base: string, options: ComfyUIQueueOptions, signal: AbortSignal): Promise<Connection> {
  const found = await probeServer(base, options.fetch, options.origin, signal)
  switch (found.kind) {
    case 'refused':
      return { status: 'refused', reason: found.reason, message: found.message }
    case 'silent':
      return { status: 'closed' }
    case 'node':
      return { status: 'live', since: options.now() }
    case 'stock':
      return { status: 'fallback', kind: 'stock', missing: [] }
  }
}

/** A store that will be there once the history is open. */
function mirrorOf(
  store: Promise<ReadableStore<readonly Generation[]>>,
): ReadableStore<readonly Generation[]> {
  let current: ReadableStore<readonly Generation[]> | undefined
  const ready = store.then((found) => (current = found))
  ready.catch(() => undefined)
  return {
    getSnapshot: () => current?.getSnapshot() ?? NONE,
    subscribe(listener) {
      let unsubscribe: (() => void) | undefined
      let isOver = false
      ready
        .then((found) => {
          if (isOver) return
          unsubscribe = found.subscribe(listener)
          if (found.getSnapshot().length > 0) listener()
        })
        .catch(() => undefined)
      return () => {
        isOver = true
        unsubscribe?.()
      }
    },
  }
}

/** A reload that was gone on with at once is no pause worth a sentence. */
const NOTABLE_PAUSE_MS = 5_000

const NONE: readonly Generation[] = []

function sentenceOf(problems: readonly GenerateProblem[]): string {
  const [first] = problems
  const rest = problems.length > 1 ? ` And ${problems.length - 1} more.` : ''
  return `The run was not queued. ${first?.message ?? ''}${rest}`
}
