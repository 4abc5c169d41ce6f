import { describe, expect, it } from 'vitest'
import { createHeldTeller } from '../../../services/comfy/createHeldTeller'

const message = (event: 'begin' | 'ended') => ({ type: 'run', runId: 'r', event }) as const

function tellerThatNotes() {
  const told: string[] = []
  const teller = { tell: async (each: { readonly type: string }) => void told.push(JSON.stringify(each)) }
  return { told, teller }
}

describe('a held teller', () => {
  it('tells nothing before it is released, then everything in its order, then at once', async () => {
    const { told, teller } = tellerThatNotes()
    const held = createHeldTeller(teller, true)
    await held.tell(message('begin'))
    expect([told, held.isHeld()]).toEqual([[], true])
    await held.release()
    await held.tell(message('ended'))
    expect(told).toEqual([JSON.stringify(message('begin')), JSON.stringify(message('ended'))])
    expect(held.isHeld()).toBe(false)
  })

  it('holds nothing of a run that was told before, and releases nothing twice', async () => {
    const { told, teller } = tellerThatNotes()
    const held = createHeldTeller(teller, false)
    await held.tell(message('begin'))
    await held.release()
    await held.release()
    expect(told).toEqual([JSON.stringify(message('begin'))])
  })
})
