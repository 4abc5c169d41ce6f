import type { Job, JobPlan, JobProgress, JobStore } from './jobRecords'
import type { Storage, StorageTransaction } from './storage'

/** So long a tab that tells nothing keeps its runs: a reload is offered them soon after. */
const HOLD_MS = 6_000
/** Plans of ended runs are kept for a later "queue the failed scenes again", the newest of them. */
const MAX_ENDED = 20

/** `holder` names this tab; `now` is the wall clock, which all tabs of a machine share. */
export function createJobStore(storage: Storage, holder: string, now: () => number): JobStore {
  const held = (progress: Omit<JobProgress, 'holder' | 'expiresAt' | 'aliveAt'>): JobProgress => ({
    ...progress,
    holder,
    expiresAt: progress.status === 'running' ? now() + HOLD_MS : 0,
    aliveAt: now(),
  })
  const read = async (tx: StorageTransaction, runId: string): Promise<Job | undefined> => {
    const plan = await tx.get('jobs', runId)
    const progress = await tx.get('jobs', progressKey(runId))
    return plan && 'request' in plan && progress && 'scenes' in progress ? { plan, progress } : undefined
  }
  const isHeld = (progress: JobProgress): boolean =>
    progress.status === 'running' && progress.holder !== holder && progress.expiresAt > now()

  const put = (asked: JobProgress, next: JobProgress): Promise<'saved' | 'lost'> =>
    storage.write(['jobs'], async (tx) => {
      const stored = await tx.get('jobs', asked.runId)
      if (!stored || !('holder' in stored) || stored.holder !== holder) return 'lost'
      tx.put('jobs', next)
      return 'saved'
    })

  return {
    isHeld,
    begin: (plan, from = { scenes: {} }) =>
      storage.write(['jobs'], async (tx) => {
        const runId = progressKey(plan.runId)
        const progress = held({ ...from, runId, status: 'running', pauses: [] })
        tx.put('jobs', plan)
        tx.put('jobs', progress)
        const ended = jobsOf(await tx.getAll('jobs')).filter((job) => job.progress.status !== 'running')
        for (const { plan: old } of ended.slice(MAX_ENDED)) removeJob(tx, old.runId)
        return progress
      }),
    list: () => storage.read(['jobs'], async (tx) => jobsOf(await tx.getAll('jobs'))),
    load: (runId) => storage.read(['jobs'], (tx) => read(tx, runId)),
    save: (progress) => put(progress, held(progress)),
    async release(progress) {
      await put(progress, { ...held(progress), expiresAt: 0 })
    },
    take: (runId) =>
      storage.write(['jobs'], async (tx) => {
        const job = await read(tx, runId)
        if (!job || isHeld(job.progress)) return undefined
        const progress = held({ ...job.progress, status: 'running' })
        tx.put('jobs', progress)
        return { plan: job.plan, progress: { ...progress, aliveAt: job.progress.aliveAt } }
      }),
    remove: (runId) => storage.write(['jobs'], async (tx) => removeJob(tx, runId)),
  }
}

function jobsOf(rows: readonly (JobPlan | JobProgress)[]): readonly Job[] {
  const progresses = new Map(rows.flatMap((row) => ('scenes' in row ? [[row.runId, row] as const] : [])))
  const jobs = rows.flatMap((plan) => {
    const progress = progresses.get(progressKey(plan.runId))
    return 'request' in plan && progress ? [{ plan, progress }] : []
  })
  return jobs.sort((a, b) => b.plan.createdAt - a.plan.createdAt)
}

function removeJob(tx: StorageTransaction, runId: string): void {
  tx.delete('jobs', runId)
  tx.delete('jobs', progressKey(runId))
}

/** NUL is in no run id. */
const progressKey = (runId: string): string => `${runId}\u0000`
