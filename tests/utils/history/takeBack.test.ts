import { describe, expect, it } from 'vitest'
import { takeBack } from '../../../utils/history/takeBack'
import { deletionTitle } from '../../../utils/history/deletionWords'
import { createToasts } from '../../../utils/toasts/createToasts'
import type { RunHistory } from '../../../types'

const WORDS = { undoing: 'Restoring', undone: 'Restored' }

/** Says everything that was shown; the history has so many runs of each token. */
function world(left: Record<string, number>, failsAt = Infinity) {
  const toasts = createToasts()
  const shown: string[] = []
  let calls = 0
  const restore: RunHistory['restore'] = (token, { limit = Infinity } = {}) => {
    if (++calls === failsAt) return Promise.reject(new Error('The disk is full.'))
    const back = Math.min(limit, left[token] ?? 0)
    left[token] = (left[token] ?? 0) - back
    return Promise.resolve(back)
  }
  const show: typeof toasts.show = (message, instead) => {
    shown.push(message.text.replaceAll('\u202f', ' '))
    return toasts.show(message, instead)
  }
  return { history: { restore }, toasts: { show }, shown, left, messages: () => toasts.getSnapshot().toasts }
}

describe('taking back what was done to runs', () => {
  it('says how far it is where that takes long, in one message, and then what came back', async () => {
    const { history, toasts, shown, messages } = world({ a: 2_500 })
    expect(await takeBack(history, toasts, { tokens: ['a'], runs: 2_500, words: WORDS })).toBe(true)
    expect(shown).toEqual([
      'Restoring 2,500 runs… 0 %',
      'Restoring 2,500 runs… 40 %',
      'Restoring 2,500 runs… 80 %',
      'Restored 2,500 runs.',
    ])
    expect(messages()).toHaveLength(1)
  })

  it('takes back all that was done, in few words where it is little', async () => {
    const { history, toasts, shown, left } = world({ a: 2, b: 3 })
    await takeBack(history, toasts, { tokens: ['a', 'b'], runs: 5, words: WORDS })
    expect(shown).toEqual(['Restored 5 runs.'])
    expect(left).toEqual({ a: 0, b: 0 })
  })

  it('says what came back before it broke off, and why', async () => {
    const { history, toasts, shown } = world({ a: 2_000 }, 2)
    expect(await takeBack(history, toasts, { tokens: ['a'], runs: 2_000, words: WORDS })).toBe(false)
    expect(shown.at(-1)).toBe('Restored 1,000 runs, then: The disk is full.')
    const first = world({ a: 1 }, 1)
    await takeBack(first.history, first.toasts, { tokens: ['a'], runs: 1, words: WORDS })
    expect(first.shown).toEqual(['Not undone: The disk is full.'])
  })

  it('says that there was nothing left of it', async () => {
    const { history, toasts, shown } = world({})
    await takeBack(history, toasts, { tokens: ['old'], runs: 3, words: WORDS })
    expect(shown).toEqual(['There was nothing left to take back.'])
  })
})

describe('a deletion', () => {
  it.each([
    [{ runs: 1, firstName: 'Night' }, 'Night'],
    [{ runs: 1_201, firstName: 'Night' }, 'Night and 1,200 more'],
    [{ runs: 12 }, '12 runs'],
  ])('%j is called “%s”', (told, title) => {
    expect(deletionTitle({ token: 't', deletedAt: 1, until: 2, ...told })).toBe(title)
  })
})
