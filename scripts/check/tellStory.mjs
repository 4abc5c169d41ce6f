import { endsOf } from './compare.mjs'
import { graphOf } from './comfyClient.mjs'
import { waitFor } from './waitFor.mjs'

/** Successes, an error, an out-of-memory with a retry, an interrupt, one from cache, two deleted, two unlabelled. @param {ReturnType<typeof import('./comfyClient.mjs').comfyClient>} comfy */
export async function tellStory(comfy) {
  const label = (/** @type {number} */ scene, attempt = 1) => ({
    runId: 'check-1',
    runName: 'Check',
    storyId: 'check',
    sceneId: `scene-${scene}`,
    sceneCount: 7,
    attempt,
    tags: ['check'],
  })
  const sleep = (/** @type {number} */ color, seconds = 1) => graphOf('CheckSleep', color, { seconds })
  await comfy.queue(sleep(1), label(1))
  await comfy.queue(graphOf('CheckRaise', 2), label(2))
  await comfy.queue(graphOf('CheckOutOfMemory', 3), label(3))
  await comfy.queue(sleep(3), label(3, 2))
  await waitFor('the retry’s end', async () => endsOf(await comfy.journal()).size >= 4)
  const interrupted = await comfy.queue(sleep(4, 30), label(4))
  const deleted = [await comfy.queue(sleep(6), label(6)), await comfy.queue(sleep(7), label(7))]
  await waitFor('the long scene’s begin', async () =>
    (await comfy.journal()).some(
      ({ promptId, status }) => promptId === interrupted && status === 'executing',
    ),
  )
  await comfy.remove(deleted)
  await comfy.interrupt()
  await comfy.queue(sleep(1), label(5))
  await comfy.queue(sleep(1), label(5, 2))
  await comfy.queue(sleep(8))
  await comfy.queue(sleep(9))
}
