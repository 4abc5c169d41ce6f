import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { QueuePolicy, RealtimeTelemetryUpdate } from '../../../types'
import { watchPrompt, type PromptEnd } from '../../../services/comfy/watchPrompt'
import { createWaker } from '../../../services/shared/createWaker'
import { createListeners } from '../../../services/shared/createStore'
import type { PromptFate } from '../../../services/wire/promptFate'
import { graphOf, policyOf } from '../../helpers/openTestServices'

type Answer =
  PromptFate | { readonly kind: 'waiting' } | { readonly kind: 'unanswered'; readonly message: string }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A prompt that is queued now and watched; `answer` is what the history says when it is asked. */
function watch(policy: Partial<QueuePolicy>, options: { queuedAt?: number } = {}) {
  const lifecycle = createListeners<[readonly RealtimeTelemetryUpdate[]]>()
  const controller = new AbortController()
  const began = Date.now()
  const server: { answer: Answer; asked: number[] } = { answer: { kind: 'waiting' }, asked: [] }
  const waker = createWaker(Date.now)
  let end: (PromptEnd & { readonly after: number }) | undefined | 'nothing' = 'nothing'
  const prompt = { promptId: 'p', graph: graphOf(), waitsSince: () => options.queuedAt ?? began }
  void watchPrompt(prompt, policyOf({ pollIntervalSeconds: 2, ...policy }), {
    client: {
      fateOf: async () => {
        server.asked.push(Date.now() - began)
        return server.answer
      },
    },
    now: Date.now,
    waker,
    onLifecycle: lifecycle.add,
    signal: controller.signal,
  }).then((found) => (end = found && { ...found, after: Date.now() - began }))
  return {
    server,
    waker,
    controller,
    end: () => end,
    tell: (update: Partial<RealtimeTelemetryUpdate>) =>
      lifecycle.emit([{ sceneId: 's', timestamp: 0, status: 'failed', promptId: 'p', ...update }]),
    listeners: lifecycle.size,
  }
}
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1_000)

describe('a prompt that is watched under a policy', () => {
  it('is asked for every poll interval and succeeds when its outputs are in the history', async () => {
    const { server, end } = watch({})
    await pass(5)
    expect(server.asked).toEqual([2_000, 4_000])
    server.answer = { kind: 'success', hasOutputs: true }
    await pass(1)
    expect(end()).toEqual({ exitReason: 'success', polls: 3, after: 6_000 })
  })

  it('is stopped at max wait, after a last look that would have found it ended', async () => {
    const late = watch({ maxWaitSeconds: 5 })
    await pass(5)
    expect(late.end()).toEqual({ exitReason: 'maxWait', polls: 3, after: 5_000 })
    const inTime = watch({ maxWaitSeconds: 5 })
    await pass(4)
    inTime.server.answer = { kind: 'success', hasOutputs: true }
    await pass(1)
    expect(inTime.end()).toMatchObject({ exitReason: 'success' })
  })

  it('counts max wait from the POST also after a reload', async () => {
    const { end } = watch({ maxWaitSeconds: 60 }, { queuedAt: Date.now() - 59_000 })
    await pass(1)
    expect(end()).toMatchObject({ exitReason: 'maxWait', after: 1_000 })
  })

  it('has no limit at max wait 0, and none in polls at max polls 0', async () => {
    const { end } = watch({ maxWaitSeconds: 0, maxAttempts: 0 })
    await pass(100_000)
    expect(end()).toBe('nothing')
  })

  it('ends at its last poll, and an unanswered question is none', async () => {
    const { server, end } = watch({ maxAttempts: 2 })
    server.answer = { kind: 'unanswered', message: 'gone' }
    await pass(6)
    expect(end()).toBe('nothing')
    server.answer = { kind: 'waiting' }
    await pass(4)
    expect(end()).toEqual({ exitReason: 'attemptLimit', polls: 2, after: 10_000 })
  })

  it('looks at once when the stream says that it succeeded, and waits so long for the outputs and no longer', async () => {
    const { server, tell, end } = watch({ postExecutionTimeoutSeconds: 3, maxWaitSeconds: 2 })
    await pass(0.5)
    tell({ status: 'completed', exitReason: 'success' })
    await pass(0)
    expect(server.asked).toEqual([500])
    server.answer = { kind: 'success', hasOutputs: false }
    await pass(3)
    expect(end()).toMatchObject({ exitReason: 'postExecution', after: 3_500 })
  })

  it('takes the stream’s word for every other end', async () => {
    const { tell, end, listeners } = watch({})
    const error = { type: 'ValueError', message: 'no' }
    tell({ exitReason: 'error', error })
    await pass(0)
    expect(end()).toMatchObject({ exitReason: 'error', error, polls: 0 })
    expect(listeners()).toBe(0)
  })

  it('is let go of when it is aborted', async () => {
    const { controller, waker, end, listeners } = watch({})
    controller.abort()
    waker.wake()
    await pass(0)
    expect(end()).toBeUndefined()
    expect(listeners()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
