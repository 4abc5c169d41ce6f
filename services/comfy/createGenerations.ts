import type { Generation, HistoricalRun, ReadableStore } from '../../types'
import type { Job, JobStore } from '../history/jobRecords'
import { createStore } from '../shared/createStore'
import { createGeneration, type GenerationRun, type GenerationWorld } from './createGeneration'
import { GenerateError } from './generateError'
import { savedRun, type SavedRunWorld } from './savedRun'

/** The runs that this tab queues. */
export interface Generations {
  readonly state: ReadableStore<readonly Generation[]>
  has(runId: string): boolean
  /** Goes on with a job this tab holds; resolves with the run as the history has it once it has ended. */
  start(job: Job, world: Omit<GenerationWorld, 'jobs'>): Promise<HistoricalRun>
  stop(runId: string): void
  /** Gives up every run to whoever goes on. */
  dispose(): Promise<void>
}

export function createGenerations(jobs: JobStore, saved: SavedRunWorld): Generations {
  const runs = new Map<string, GenerationRun>()
  const state = createStore<readonly Generation[]>([])
  const show = (): void => state.set([...runs.values()].map((run) => run.state.getSnapshot()))

  const follow = async (job: Job, run: GenerationRun, unsubscribe: () => void): Promise<HistoricalRun> => {
    const { runId, request } = job.plan
    const end = await run.done.finally(() => {
      unsubscribe()
      runs.delete(runId)
      show()
    })
    switch (end) {
      case 'ended':
      case 'stopped':
        return savedRun(runId, request, run.promptIds(), saved)
      case 'refused':
        throw new GenerateError('refused', refusalOf(run.state.getSnapshot()))
      case 'lost':
        throw new GenerateError('taken', 'The run goes on in another tab.')
      case 'abandoned':
        throw new GenerateError('gone', 'This tab queues the run no more; the next one offers to go on.')
    }
  }

  return {
    state,
    has: (runId) => runs.has(runId),
    start(job, world) {
      const run = createGeneration(job, { ...world, jobs })
      runs.set(job.plan.runId, run)
      const unsubscribe = run.state.subscribe(show)
      show()
      return follow(job, run, unsubscribe)
    },
    stop: (runId) => runs.get(runId)?.stop(),
    async dispose() {
      const open = [...runs.values()]
      for (const run of open) run.abandon()
      await Promise.allSettled(open.map(({ done }) => done))
    },
  }
}

const refusalOf = ({ problems }: Generation): string =>
  problems[0] === undefined
    ? 'The server refused every scene.'
    : `The server refused every scene. The first: ${problems[0]}`
