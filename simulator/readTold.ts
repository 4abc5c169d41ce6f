import { definedMembers } from '../services/shared/definedMembers'

/** Members of a message, of no certain kind yet. */
export type Fields = Readonly<Record<string, unknown>>

/** How the queuing side ended a prompt. */
export interface ToldOutcome {
  readonly promptId: string
  readonly runId: unknown
  readonly sceneId: unknown
  readonly exitReason: unknown
  readonly error: unknown
}

const REASONS: readonly unknown[] = ['maxWait', 'attemptLimit', 'postExecution', 'rejected']
const OUTRANKED: readonly unknown[] = ['interrupted', 'deleted', 'success']
const RUN_EVENTS: readonly unknown[] = ['begin', 'stopped', 'ended']

/** The outcome that a client tells; undefined if it isn't what the protocol says. */
export function readOutcome({
  promptId,
  runId,
  sceneId,
  exitReason,
  error,
}: Fields): ToldOutcome | undefined {
  if (typeof promptId !== 'string' || !REASONS.includes(exitReason)) return undefined
  return { promptId, runId, sceneId, exitReason, error }
}

/** What a client tells of a run; undefined if it isn't what the protocol says. */
export function readRun(message: Fields): Fields | undefined {
  const { runId, event, runName, storyId, sceneCount, policy } = message
  if (typeof runId !== 'string' || !RUN_EVENTS.includes(event)) return undefined
  return { runId, event, ...definedMembers({ runName, storyId, sceneCount, policy }) }
}

/** Whether an outcome still counts for a prompt that ended so; one that is open has no end. */
export const outranks = (ended: unknown): boolean => ended === undefined || OUTRANKED.includes(ended)
