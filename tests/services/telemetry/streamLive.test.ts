import { describe, expect, it } from 'vitest'
import { createListeners } from '../../../services/shared/createStore'
import { EMPTY_LIVE_STATE, applyPatch, type LivePatch } from '../../../services/telemetry/livePatch'
import { streamLive } from '../../../services/telemetry/streamLive'
import type { LiveState } from '../../../types'

/** A page that takes in a patch when it is told to. */
function stream() {
  let state: LiveState = EMPTY_LIVE_STATE
  const changes = createListeners<[]>()
  const taken: LivePatch[] = []
  let takeIn = (): void => undefined
  const stop = streamLive({ getSnapshot: () => state, subscribe: changes.add }, (patch) => {
    taken.push(patch)
    return new Promise((resolve) => (takeIn = resolve))
  })
  const say = (members: Partial<LiveState>): void => {
    state = { ...state, ...members }
    changes.emit()
  }
  const answer = async (): Promise<void> => {
    takeIn()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return {
    say,
    taken,
    announce: changes.emit,
    answer,
    stop,
    shown: () => taken.reduce(applyPatch, EMPTY_LIVE_STATE),
  }
}

describe('what a page is sent', () => {
  it('is what changed since the last patch; while it takes one in, changes gather for the next', async () => {
    const { say, taken, answer, shown } = stream()
    say({ problem: 'one' })
    say({ problem: 'two' })
    say({ connection: { status: 'connecting' } })
    expect(taken).toHaveLength(1)
    await answer()
    expect(taken).toHaveLength(2)
    expect(shown()).toMatchObject({ problem: 'two', connection: { status: 'connecting' } })
  })

  it('is nothing for an announcement without a change', async () => {
    const { say, taken, answer, announce } = stream()
    say({ problem: 'one' })
    await answer()
    announce()
    announce()
    await answer()
    expect(taken).toHaveLength(1)
  })

  it('is nothing any more once it is stopped', async () => {
    const { say, taken, answer, stop } = stream()
    say({ problem: 'one' })
    stop()
    await answer()
    say({ problem: 'two' })
    await answer()
    expect(taken).toHaveLength(1)
  })
})
