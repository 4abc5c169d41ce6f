import type { ExitReason, GenerateRequest, QueuePause } from '../../types'

/** What a run was asked to be: written once, when it begins. */
export interface JobPlan {
  readonly runId: string
  readonly request: GenerateRequest
  readonly createdAt: number
}
/** One prompt that was, or was about to be, given to the server. */
export interface JobAttempt {
  readonly promptId: string
  readonly attempt: number
  /** When it is about to be posted; written before it is. */
  readonly plannedAt: number
  /** When the server took it. */
  readonly queuedAt?: number
  readonly exitReason?: ExitReason
}
/** How far a run has come: written at every step, small. Scenes without an entry weren't begun. */
export interface JobProgress {
  /** The plan's run id and a NUL: both live in one store. */
  readonly runId: string
  readonly scenes: Readonly<Record<string, readonly JobAttempt[]>>
  /** How many attempts a scene had when it was asked to be queued again: only later ones count against the budget. */
  readonly again?: Readonly<Record<string, number>>
  readonly status: 'running' | 'stopped' | 'ended'
  readonly pauses: readonly QueuePause[]
  /** The tab that queues it, until when it may; a tab that stood still longer has lost it to whoever takes it. */
  readonly holder: string
  readonly expiresAt: number
  /** When it was last known to go on. */
  readonly aliveAt: number
}
/** A plan and how far it has come. */
export interface Job {
  readonly plan: JobPlan
  readonly progress: JobProgress
}

/** The plans of runs that this browser queues, and who queues them. */
export interface JobStore {
  begin(plan: JobPlan, from?: Pick<JobProgress, 'scenes' | 'again'>): Promise<JobProgress>
  /** Every plan with how far it came, newest first. */
  list(): Promise<readonly Job[]>
  load(runId: string): Promise<Job | undefined>
  /** Writes the progress if this tab still holds the run, and holds it on; `lost` when another took it or it is gone. */
  save(progress: JobProgress): Promise<'saved' | 'lost'>
  /** Gives the run up, so that another tab, or the next page, may go on at once. */
  release(progress: JobProgress): Promise<void>
  /** Takes over a run that nobody holds (any more); undefined when somebody does. */
  take(runId: string): Promise<Job | undefined>
  remove(runId: string): Promise<void>
  /** Whether some tab holds it now. */
  isHeld(progress: JobProgress): boolean
}
