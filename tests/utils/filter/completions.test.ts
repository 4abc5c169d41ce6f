import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../services/telemetryFilterService'
import type { Facets } from '../../../types'
import { completionsOf } from '../../../utils/filter/completions'
import { filterBefore } from '../../../utils/filter/filterBefore'

const facets: Facets = {
  status: [],
  exitReason: [],
  gpuModel: [
    { value: 'NVIDIA RTX 4090', count: 1_234 },
    { value: 'Ünusual "GPU"', count: 1 },
  ],
  tag: [
    { value: 'night', count: 3 },
    { value: 'keep', count: 2 },
  ],
  source: [],
  storyId: [],
  workflow: [],
  duration: [],
}
const sources = {
  facets,
  recent: ['tag:keep status:failed'],
  presets: [{ name: 'Night failures', filter: { tags: ['night'] } }],
}
const at = (marked: string) => {
  const caret = marked.indexOf('|')
  const items = completionsOf(marked.replace('|', ''), caret, sources)
  return items.map(({ text, caret: next }) => `${text.slice(0, next)}|${text.slice(next)}`)
}

describe('completions', () => {
  it('of an empty query are saved views, recent searches, then fields', () => {
    expect(
      completionsOf('', 0, sources)
        .map(({ kind }) => kind)
        .slice(0, 3),
    ).toEqual(['preset', 'recent', 'field'])
  })

  it('of a field are its values, quoted where they must be, with their counts', () => {
    expect(at('gpu:|')).toEqual(['gpu:"NVIDIA RTX 4090" |', 'gpu:"Ünusual \\"GPU\\"" |'])
    expect(completionsOf('gpu:rtx', 7, sources)[0]).toMatchObject({ detail: '1,234 runs' })
  })

  it('fold case and accents, and keep the sign, the list and what stands behind', () => {
    expect(at('gpu:unus|')).toEqual(['gpu:"Ünusual \\"GPU\\"" |'])
    expect(at('-tag:n| status:failed')).toEqual(['-tag:night |status:failed'])
    expect(at('(tag:night,k|) x')).toEqual(['(tag:night,keep |) x'])
  })

  it('of a name that is written in part, in other words or with its quotes closed are the whole name', () => {
    expect(at('gpu:"rtx 4090|')).toEqual(['gpu:"NVIDIA RTX 4090" |'])
    expect(at('gpu:"rtx 4090"|')).toEqual(['gpu:"NVIDIA RTX 4090" |'])
    expect(at('gpu:"4090 nvidia"|')).toEqual(['gpu:"NVIDIA RTX 4090" |'])
    expect(at('tag:nigth|')).toEqual(['tag:night |'])
  })

  it('know the closed sets, and examples of what is measured', () => {
    expect(at('status:f|')).toEqual(['status:failed |'])
    expect(at('status:comp|')).toEqual(['status:completed |'])
    expect(at('status:|')).toContain('status:success |')
    expect(at('after:|')[0]).toBe('after:-1d |')
    expect(at('duration:|')[0]).toBe('duration:>90s |')
  })

  it('never stand inside of a quote that begins with a field’s name', () => {
    expect(at('tag:"gpu:|')).toEqual([])
  })

  it('of values that are offered can be read', () => {
    for (const name of ['gpu', 'tag', 'status', 'duration', 'vram', 'success', 'attempts', 'after', 'cold'])
      for (const { text } of completionsOf(`${name}:`, name.length + 1, sources))
        expect(parseQuery(text), text).toMatchObject({ ok: true })
  })

  it('throw for no text and no caret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(60), (text, place) => {
        const caret = Math.min(place, text.length)
        for (const each of completionsOf(text, caret, sources))
          expect(each.caret).toBeLessThanOrEqual(each.text.length)
      }),
    )
  })
})

describe('what a query asks for without its last word', () => {
  it('is what stands before it, quotes and all', () => {
    expect(filterBefore('tag:"a b" gpu:"x y')).toEqual({ tags: ['a b'] })
    expect(filterBefore('tag:a du')).toEqual({ tags: ['a'] })
    expect(filterBefore('(tag:a')).toEqual({})
  })
})
