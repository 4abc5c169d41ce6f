import type { GenerateRequest, Generation, QueuePolicy } from '../../types'
import type { JobAttempt, JobPlan, JobProgress } from '../history/jobRecords'
import { sceneStatusOf } from '../shared/exitReason'

/** Where a scene of a run that is being queued stands. */
export type SceneStand = 'toQueue' | 'atServer' | 'ended'
type Attempts = Pick<JobProgress, 'scenes' | 'again'>

/** A scene that failed is queued again at most `sceneRetryBudget` times; one that was refused, skipped or succeeded is not. */
export function standOf(progress: Attempts, sceneId: string, policy: QueuePolicy): SceneStand {
  const fresh = (progress.scenes[sceneId] ?? []).slice(progress.again?.[sceneId] ?? 0)
  const last = fresh.at(-1)
  if (!last) return hasEndedBefore(progress, sceneId) ? 'ended' : 'toQueue'
  if (last.exitReason === undefined) return last.queuedAt === undefined ? 'toQueue' : 'atServer'
  const status = sceneStatusOf(last.exitReason)
  const isOver = status === 'success' || status === 'skipped' || last.exitReason === 'rejected'
  return isOver || fresh.length > policy.sceneRetryBudget ? 'ended' : 'toQueue'
}

/** Where only some scenes are queued again, the others stay as they were. */
const hasEndedBefore = ({ again }: Attempts, sceneId: string): boolean =>
  again !== undefined && !(sceneId in again)

/** The first scene, in the story's order, that the server hasn't been given yet or gets once more. */
export function nextScene(
  { request }: JobPlan,
  progress: Attempts,
): GenerateRequest['scenes'][number] | undefined {
  return request.scenes.find(({ sceneId }) => standOf(progress, sceneId, request.policy) === 'toQueue')
}

/** The progress with one attempt of a scene added or, by its number, replaced. */
export function withAttempt(progress: JobProgress, sceneId: string, attempt: JobAttempt): JobProgress {
  const before = progress.scenes[sceneId] ?? []
  const others = before.filter((each) => each.attempt !== attempt.attempt)
  return { ...progress, scenes: { ...progress.scenes, [sceneId]: [...others, attempt] } }
}

/** The attempt of a scene that was written down but not given to the server, as far as is known. */
export const plannedAttempt = (attempts: readonly JobAttempt[]): JobAttempt | undefined =>
  attempts.find(({ queuedAt, exitReason }) => queuedAt === undefined && exitReason === undefined)

/** The attempt of a scene that is with the server. */
export const openAttempt = (attempts: readonly JobAttempt[]): JobAttempt | undefined =>
  attempts.find(({ queuedAt, exitReason }) => queuedAt !== undefined && exitReason === undefined)

/** The number of a scene's next attempt, from 1. */
export const nextNumber = (attempts: readonly JobAttempt[]): number =>
  attempts.reduce((most, { attempt }) => Math.max(most, attempt), 0) + 1

/** The prompts that the server was given so far. */
export const givenPrompts = ({ scenes }: Pick<JobProgress, 'scenes'>): readonly string[] =>
  Object.values(scenes)
    .flat()
    .flatMap(({ promptId, queuedAt }) => (queuedAt === undefined ? [] : promptId))

/** How many scenes may be with the server: a delay between scenes can only be kept one at a time. */
export function queueAheadOf({ queueAhead = 1, policy }: GenerateRequest): number {
  if (policy.delayBetweenScenesSeconds > 0) return 1
  return queueAhead === 'all' ? Infinity : Math.max(1, queueAhead)
}

/** Counts of a run, and what of it would stop with this tab. `nodeKeepsLimit`: the server's node interrupts at max wait itself. */
export function summaryOf(
  { request }: JobPlan,
  progress: Attempts,
  nodeKeepsLimit: boolean,
): Pick<Generation, 'of' | 'ended' | 'atServer' | 'toQueue' | 'needsTabFor'> {
  const { policy, scenes } = request
  const count = { toQueue: 0, atServer: 0, ended: 0 }
  for (const { sceneId } of scenes) count[standOf(progress, sceneId, policy)] += 1
  const isOpen = count.atServer > 0 || count.toQueue > 0
  const hasOwnLimit = policy.maxAttempts > 0 || (policy.maxWaitSeconds > 0 && !nodeKeepsLimit)
  const needs: Generation['needsTabFor'][number][] = []
  if (count.toQueue > 0) needs.push('queueing')
  if (isOpen && hasOwnLimit) needs.push('limits')
  if (isOpen && policy.sceneRetryBudget > 0) needs.push('retries')
  return { of: scenes.length, ...count, needsTabFor: needs }
}
