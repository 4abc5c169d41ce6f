import type { Generation, ReadableStore, RealtimeTelemetryUpdate } from '../../types'
import type { Job, JobAttempt, JobStore } from '../history/jobRecords'
import { backoffDelay } from '../realtime/backoff'
import { createId } from '../shared/createId'
import { createStore } from '../shared/createStore'
import { createWaker } from '../shared/createWaker'
import { definedMembers } from '../shared/definedMembers'
import { rejectionError, type PromptProblem } from '../wire/promptAnswer'
import type { ComfyClient } from './createComfyClient'
import { createFlight, type Flight } from './createFlight'
import { createHeartbeat } from './createHeartbeat'
import { createHeldTeller } from './createHeldTeller'
import type { Teller } from './createTeller'
import {
  givenPrompts,
  nextNumber,
  nextScene,
  openAttempt,
  plannedAttempt,
  queueAheadOf,
  summaryOf,
  withAttempt,
} from './jobState'
import { labelsOf, withBatchSize } from './preparePrompt'
import { outcomeMessage, problemSentence, runMessage } from './runMessages'
import type { PromptEnd } from './watchPrompt'

/** One run being queued. `lost`: another tab took it over, or its plan was removed; `abandoned`: this tab ended it. */
export interface GenerationRun {
  readonly state: ReadableStore<Generation>
  readonly done: Promise<GenerationEnd>
  /** The prompts that were given to the server so far. */
  promptIds(): readonly string[]
  /** Takes the run's prompts off the server and tells that it was stopped. */
  stop(): void
  /** The tab goes: nothing is stopped on the server, the plan is free for whoever goes on. */
  abandon(): void
}
/** How queuing a run came to its end. */
export type GenerationEnd = 'ended' | 'stopped' | 'refused' | 'lost' | 'abandoned'

/** The server that gets the scenes, who is told, and where the plan lies. */
export interface GenerationWorld {
  readonly client: ComfyClient
  readonly teller: Teller
  readonly jobs: Pick<JobStore, 'save' | 'release'>
  readonly now: () => number
  readonly random: () => number
  readonly onLifecycle: (listener: (updates: readonly RealtimeTelemetryUpdate[]) => void) => () => void
  /** Whether the server's node keeps a max wait by itself. */
  readonly nodeKeepsLimit: () => boolean
}

const RETRY_BASE_MS = 1_000
const MAX_PROBLEMS = 20

/** Queues a run's scenes under its policy, from wherever its progress stands, until every scene has come to its end. */
export function createGeneration(job: Job, world: GenerationWorld): GenerationRun {
  const { plan } = job
  const { runId, request } = plan
  const { client, teller, now } = world
  const waker = createWaker(now)
  let progress = job.progress
  let ordered: 'stop' | 'abandon' | 'lost' | undefined
  let notBefore = 0
  let failures = 0
  let waitsFor: string | undefined
  let problems: readonly string[] = []
  const pauses = [...progress.pauses]
  const held = createHeldTeller(teller, Object.keys(progress.scenes).length === 0)
  const state = createStore<Generation>(view())

  function view(): Generation {
    return {
      runId,
      ...definedMembers({ runName: request.runName }),
      ...summaryOf(plan, progress, world.nodeKeepsLimit()),
      status: ordered === 'stop' ? 'stopping' : waitsFor === undefined ? 'running' : 'waiting',
      problems: waitsFor === undefined ? problems : [waitsFor, ...problems],
      pauses: [...pauses],
    }
  }
  const show = (): void => state.set(view())

  const save = async (): Promise<void> => {
    progress = { ...progress, pauses }
    show()
    // A full storage loses the offer to go on after a reload, not the run.
    const outcome = await world.jobs.save(progress).catch(() => 'saved' as const)
    if (outcome === 'lost') order('lost')
  }
  const order = (what: 'stop' | 'abandon' | 'lost'): void => {
    ordered ??= what
    flight.abort()
    waker.wake()
    show()
  }

  const note = async (sceneId: string, attempt: JobAttempt): Promise<void> => {
    progress = withAttempt(progress, sceneId, attempt)
    await save()
  }
  const onEnd = async (sceneId: string, attempt: JobAttempt, end: PromptEnd): Promise<void> => {
    await endOnServer(world, { runId, sceneId, promptId: attempt.promptId }, end)
    notBefore = now() + request.policy.delayBetweenScenesSeconds * 1_000
    await note(sceneId, { ...attempt, exitReason: end.exitReason })
  }
  const flight: Flight = createFlight(request.policy, { ...world, onEnd, onRoom: waker.wake })

  const post = async (sceneId: string, attempt: JobAttempt): Promise<void> => {
    const scene = request.scenes.find((each) => each.sceneId === sceneId)
    if (!scene) return
    const graph = withBatchSize(scene.prompt, request.policy.batchSize)
    const labels = labelsOf(request, {
      runId,
      sceneId,
      sceneCount: request.scenes.length,
      attempt: attempt.attempt,
    })
    const answer = await client.queuePrompt({ promptId: attempt.promptId, graph, extraData: labels })
    if (answer.kind === 'unanswered') return waitForServer(answer.message)
    failures = 0
    waitsFor = undefined
    if (answer.kind === 'rejected') return refuse(sceneId, attempt, answer.problems)
    const queued = { ...attempt, promptId: answer.promptId, queuedAt: now() }
    flight.add(sceneId, queued, graph)
    // A server without the node never says when a prompt came, nor that it was deleted before anybody looked.
    await teller.tell({ type: 'label', runId, sceneId, promptId: queued.promptId })
    await held.release()
    await note(sceneId, queued)
  }

  const waitForServer = (why: string): void => {
    failures += 1
    notBefore = now() + backoffDelay(failures, RETRY_BASE_MS, world.random)
    waitsFor = `${why} The next scene waits; it is tried again by itself.`
    show()
  }

  const refuse = async (
    sceneId: string,
    attempt: JobAttempt,
    why: readonly PromptProblem[],
  ): Promise<void> => {
    problems = [...problems, ...why.map((problem) => problemSentence(sceneId, problem))].slice(-MAX_PROBLEMS)
    const { promptId } = attempt
    await held.tell(outcomeMessage({ runId, sceneId, promptId }, 'rejected', rejectionError(why)))
    await note(sceneId, { ...attempt, exitReason: 'rejected' })
  }

  /** The prompt's id is written down before the server gets it, so that no reload queues a scene twice. */
  const queueScene = async (sceneId: string): Promise<void> => {
    const attempts = progress.scenes[sceneId] ?? []
    const planned = plannedAttempt(attempts)
    if (planned && (await takeUp(sceneId, planned))) return
    const attempt = planned ?? { promptId: createId(), attempt: nextNumber(attempts), plannedAt: now() }
    if (!planned) await note(sceneId, attempt)
    if (ordered === undefined) await post(sceneId, attempt)
  }

  /** Whether the server has the prompt already: then it is followed from here on. */
  const takeUp = async (sceneId: string, attempt: JobAttempt): Promise<boolean> => {
    const scene = request.scenes.find((each) => each.sceneId === sceneId)
    const fate = await client.fateOf(attempt.promptId)
    if (!scene || fate.kind === 'unanswered') return (waitForServer('The server does not answer.'), true)
    const queue = fate.kind === 'waiting' ? await client.queue() : undefined
    const isThere =
      fate.kind !== 'waiting' ||
      [...(queue?.running ?? []), ...(queue?.pending ?? [])].includes(attempt.promptId)
    if (!isThere) return false
    const queued = { ...attempt, queuedAt: attempt.queuedAt ?? attempt.plannedAt }
    flight.add(sceneId, queued, scene.prompt)
    await held.release()
    await note(sceneId, queued)
    return true
  }

  const goOn = async (): Promise<GenerationEnd> => {
    await held.tell(runMessage(job, 'begin'))
    for (const { sceneId, prompt } of request.scenes) {
      const open = openAttempt(progress.scenes[sceneId] ?? [])
      if (open) flight.add(sceneId, open, prompt)
    }
    while (ordered === undefined) {
      const next = nextScene(plan, progress)
      if (!next && flight.size() === 0) break
      const hasRoom = next !== undefined && flight.size() < queueAheadOf(request)
      if (hasRoom && notBefore <= now()) await queueScene(next.sceneId)
      else await waker.sleep(hasRoom ? notBefore : Infinity)
    }
    return finish()
  }

  const finish = async (): Promise<GenerationEnd> => {
    await flight.settled()
    if (ordered === 'lost') return 'lost'
    if (ordered === 'abandon') {
      await world.jobs.release(progress).catch(() => undefined)
      return 'abandoned'
    }
    const isRefused = held.isHeld() && ordered === undefined
    if (!isRefused) await teller.tell(runMessage(job, ordered === 'stop' ? 'stopped' : 'ended'))
    for (const promptId of flight.left().reverse()) await client.stopPrompt(promptId)
    progress = { ...progress, status: ordered === 'stop' ? 'stopped' : 'ended' }
    await save()
    return isRefused ? 'refused' : ordered === 'stop' ? 'stopped' : 'ended'
  }

  const stopHeartbeat = createHeartbeat(now, {
    onRenew: () => void save(),
    onPause: (from, to) => void pauses.push({ from, to }),
  })
  const done = goOn().finally(() => {
    stopHeartbeat()
    flight.abort()
  })
  return {
    state,
    done,
    promptIds: () => givenPrompts(progress),
    stop: () => order('stop'),
    abandon: () => order('abandon'),
  }
}

/** A limit that fell due is told first, so that the interrupt it causes isn't taken for somebody's own. */
async function endOnServer(
  { teller, client }: Pick<GenerationWorld, 'teller' | 'client'>,
  prompt: { readonly runId: string; readonly sceneId: string; readonly promptId: string },
  { exitReason }: PromptEnd,
): Promise<void> {
  if (exitReason !== 'maxWait' && exitReason !== 'attemptLimit' && exitReason !== 'postExecution') return
  await teller.tell(outcomeMessage(prompt, exitReason))
  if (exitReason !== 'postExecution') await client.stopPrompt(prompt.promptId)
}
