import { describe, expect, it } from 'vitest'
import { cutOffSentence } from '../../../utils/generate/cutOffSentence'
import { pauseSentence } from '../../../utils/generate/pauseSentence'

const at = (minute: number, second: number): number => new Date(2026, 10, 1, 9, minute, second).getTime()

describe('the sentence of a pause', () => {
  const pause = { from: at(4, 36), to: at(8, 51) }
  it('says that the tab stood still and went on by itself', () => {
    expect(pauseSentence(pause)).toBe('Paused 09:04:36–09:08:51: this tab stood still. It went on by itself.')
  })
  it('says that the tab was gone and that somebody went on', () => {
    expect(pauseSentence({ ...pause, isResumed: true })).toBe(
      'Cut off 09:04:36–09:08:51: its tab was closed or reloaded, until somebody went on with it.',
    )
  })
})

describe('the sentence of a run that was cut off', () => {
  const run = { runId: 'r', runName: 'Harbour', done: 1, of: 4, pausedSince: at(4, 36) }
  const now = new Date().setHours(9, 8, 0)
  it('says what is still to be queued', () => {
    const today = { ...run, pausedSince: new Date(now).setHours(9, 4, 36) }
    const words = 'Harbour was cut off, 09:04: its tab was closed or reloaded.'
    expect(cutOffSentence({ ...today, toQueue: 2 }, now)).toBe(
      `${words} 2 of 4 scenes are still to be queued.`,
    )
    expect(cutOffSentence({ ...today, toQueue: 1 }, now)).toBe(
      `${words} 1 of 4 scenes is still to be queued.`,
    )
  })
  it('says what nobody does once the server has every scene', () => {
    expect(cutOffSentence({ ...run, toQueue: 0 }, now)).toContain(
      'The server has every scene; nobody watches their limits and retries.',
    )
  })
})
