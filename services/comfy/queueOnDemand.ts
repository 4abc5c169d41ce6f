import type { Generation } from '../../types'
import type { ComfyUIQueue } from '../comfyUIService'
import { createStore } from '../shared/createStore'
import { createWaker } from '../shared/createWaker'
import { onDemand } from '../shared/onDemand'

/** Code that a report waits for and that can't be loaded is asked for again after that time. */
const AGAIN_MS = 5_000

/**
 * A queue that is made by `load` with the first question to it: most tabs only watch. What is asked while it can't be loaded rejects
 * as `load` does, and the next question tries again; what is reported waits.
 */
export function queueOnDemand(load: () => Promise<ComfyUIQueue>, now: () => number): ComfyUIQueue {
  const generations = createStore<readonly Generation[]>([])
  let queue: ComfyUIQueue | undefined
  let isDisposed = false

  const make = async (): Promise<ComfyUIQueue> => {
    const made = await load()
    if (isDisposed) {
      await made.dispose()
      throw new Error('The queue was asked after its end.')
    }
    queue = made
    made.generations.subscribe(() => generations.set(made.generations.getSnapshot()))
    return made
  }
  const calls = onDemand(CALLS, make)
  const waker = createWaker(now)
  let loaded: Promise<void> = Promise.resolve()
  const whenLoaded = async (): Promise<void> => {
    while (!queue && !isDisposed && !(await isDone(calls.ready()))) await waker.sleep(now() + AGAIN_MS)
  }

  return {
    ...calls,
    generations,
    async report(method, args) {
      // In their order: what was said first waits first.
      await (loaded = loaded.then(whenLoaded))
      await queue?.report(method, args)
    },
    async dispose() {
      isDisposed = true
      waker.wake()
      await queue?.dispose()
    },
  }
}

const CALLS = [
  'ready',
  'probe',
  'systemStats',
  'validate',
  'generate',
  'retryFailed',
  'resume',
  'unfinished',
  'discard',
  'interrupt',
  'stop',
] as const satisfies readonly (keyof ComfyUIQueue)[]

const isDone = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
