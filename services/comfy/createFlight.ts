import type { PromptGraph, QueuePolicy } from '../../types'
import type { JobAttempt } from '../history/jobRecords'
import { createWaker, type Waker } from '../shared/createWaker'
import { watchPrompt, type PromptEnd, type WatchWorld } from './watchPrompt'

/** The prompts of one run that are with the server, in the order in which it got them. */
export interface Flight {
  add(sceneId: string, attempt: JobAttempt, graph: PromptGraph): void
  size(): number
  /** Prompts that were still with the server when it was aborted. */
  left(): string[]
  /** Follows nothing any more; what is on the server stays there. */
  abort(): void
  /** Resolves when nothing is being followed and every end was dealt with. */
  settled(): Promise<void>
}

interface Entry {
  readonly promptId: string
  readonly queuedAt: number
  readonly waker: Waker
}

/** Watches each prompt that is added, until it ends or all is aborted. Whoever made it aborts it. */
export function createFlight(
  policy: QueuePolicy,
  world: Pick<WatchWorld, 'client' | 'now' | 'onLifecycle'> & {
    readonly onEnd: (sceneId: string, attempt: JobAttempt, end: PromptEnd) => Promise<void>
    /** There is room for the next. */
    readonly onRoom: () => void
  },
): Flight {
  const controller = new AbortController()
  const { signal } = controller
  const following = new Set<Promise<void>>()
  let entries: readonly Entry[] = []
  let lastEndAt = 0

  /** From when max wait counts, epoch ms: the POST; of those given ahead, when nothing is before them any more. */
  const waitsSince = (entry: Entry): number | undefined =>
    entries[0] === entry ? Math.max(entry.queuedAt, lastEndAt) : undefined

  const follow = async (
    entry: Entry,
    sceneId: string,
    attempt: JobAttempt,
    graph: PromptGraph,
  ): Promise<void> => {
    const prompt = { promptId: entry.promptId, graph, waitsSince: () => waitsSince(entry) }
    const end = await watchPrompt(prompt, policy, { ...world, waker: entry.waker, signal })
    if (!end) return
    entries = entries.filter((each) => each !== entry)
    lastEndAt = world.now()
    for (const { waker } of entries) waker.wake()
    await world.onEnd(sceneId, attempt, end)
  }

  return {
    add(sceneId, attempt, graph) {
      const entry: Entry = {
        promptId: attempt.promptId,
        queuedAt: attempt.queuedAt ?? world.now(),
        waker: createWaker(world.now),
      }
      entries = [...entries, entry]
      const work = follow(entry, sceneId, attempt, graph).finally(() => {
        following.delete(work)
        world.onRoom()
      })
      following.add(work)
    },
    // What has ended but is still being told of is with us until the next may follow.
    size: () => following.size,
    left: () => entries.map(({ promptId }) => promptId),
    abort() {
      controller.abort()
      for (const { waker } of entries) waker.wake()
    },
    async settled() {
      while (following.size > 0) await Promise.all(following)
    },
  }
}
