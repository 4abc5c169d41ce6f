import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRunView, RUN_TABS, runViewHref, type RunView } from '../../../utils/run/runView'

const read = (href: string): RunView => readRunView(new URLSearchParams(href.split('?')[1] ?? ''))

describe('the address of a run as it is looked at', () => {
  it('names scene, tab and zoom, and leaves out what is usual', () => {
    expect(runViewHref('a/b', { tab: 'scenes' })).toBe('#/run/a%2Fb')
    expect(runViewHref('r', { tab: 'gpu', scene: 'scene 1', zoom: { from: 60, to: 180 } })).toBe(
      '#/run/r?scene=scene+1&tab=gpu&t=60-180',
    )
  })

  it('leads back to the same view', () => {
    const zoom = fc
      .tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 1, max: 90_000 }))
      .map(([from, more]) => ({ from: from / 10, to: (from + more) / 10 }))
    const scene = fc.string({ minLength: 1, unit: 'grapheme' })
    const view = fc.record({ tab: fc.constantFrom(...RUN_TABS), scene, zoom }, { requiredKeys: ['tab'] })
    fc.assert(
      fc.property(view, (given) => {
        expect(read(runViewHref('r', given))).toEqual(given)
      }),
    )
  })

  it.each([
    'tab=nothing',
    't=180-60',
    't=60-60',
    't=-5-60',
    't=1e9-2e9',
    't=a-b',
    't=60',
    't=NaN-NaN',
    'scene=',
  ])('takes %s for nothing', (query) =>
    expect(readRunView(new URLSearchParams(query))).toEqual({ tab: 'scenes' }),
  )
})
