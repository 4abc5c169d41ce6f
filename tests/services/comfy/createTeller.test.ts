import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTeller } from '../../../services/comfy/createTeller'
import { createToldChannel, type ToldChannel } from '../../../services/told/createToldChannel'
import type { ToldMessage } from '../../../services/wire/told'

let told: ToldChannel
let heard: ToldMessage[]
let posts: string[]
let status: number | 'dead'

beforeEach(() => {
  vi.useFakeTimers()
  told = createToldChannel()
  heard = []
  posts = []
  status = 202
  told.onTold((message) => heard.push(message))
})
afterEach(() => {
  told.close()
  vi.useRealTimers()
})

const teller = (isStock = false) =>
  createTeller({
    base: 'http://server',
    told,
    now: () => 7,
    isStock: () => isStock,
    fetch: async (input, init) => {
      if (status === 'dead') throw new TypeError('Failed to fetch')
      posts.push(`${String(input)} ${String(init?.body)}`)
      return new Response('{}', { status })
    },
  })
const OUTCOME = { type: 'outcome', promptId: 'p', runId: 'r', sceneId: 's', exitReason: 'maxWait' } as const
const ENDED = { type: 'run', runId: 'r', event: 'ended' } as const

describe('what the queuing side tells', () => {
  it('goes to the node, as JSON that a form cannot send', async () => {
    await teller().tell(OUTCOME)
    expect(posts).toEqual([`http://server/telemetry/outcome ${JSON.stringify(OUTCOME)}`])
    expect(heard).toEqual([])
  })

  it('goes to this browser’s tabs where there is no node', async () => {
    status = 404
    await teller().tell(ENDED)
    await teller(true).tell(OUTCOME)
    expect(posts).toHaveLength(1)
    expect(heard).toEqual([
      { ...ENDED, base: 'http://server', at: 7 },
      { ...OUTCOME, base: 'http://server', at: 7 },
    ])
  })

  it('is kept while the server does not answer, and arrives in its order', async () => {
    status = 'dead'
    const each = teller()
    await each.tell(OUTCOME)
    status = 202
    await each.tell(ENDED)
    expect(posts).toEqual([])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(posts.map((post) => post.slice(0, 32))).toEqual([
      'http://server/telemetry/outcome ',
      'http://server/telemetry/run {"ty',
    ])
    each.dispose()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('keeps labels among the tabs: a node has no use for them', async () => {
    await teller().tell({ type: 'label', promptId: 'p', runId: 'r', sceneId: 's' })
    expect(posts).toEqual([])
    expect(heard).toMatchObject([{ type: 'label', promptId: 'p' }])
  })
})
