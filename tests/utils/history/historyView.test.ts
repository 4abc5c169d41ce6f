import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeFilter } from '../../../services/telemetryFilterService'
import { historyHref, leftOutSentence, readHistoryAddress } from '../../../utils/history/historyView'
import { RUN_COLUMNS, USUAL_COLUMNS } from '../../../utils/history/runColumns'
import { usualSort } from '../../../utils/history/usualSort'

const read = (text: string) => readHistoryAddress(new URLSearchParams(text))
const behindMark = (href: string): string => href.replace(/^#\/history\??/, '')
const sorts = RUN_COLUMNS.flatMap((column) => ('sort' in column ? [column.sort] : []))

describe('the address of the History page', () => {
  it('is bare where no view is asked for, which is not the view without a filter', () => {
    expect(historyHref()).toBe('#/history')
    expect(read('').isBare).toBe(true)
    expect(read(behindMark(historyHref({ filter: {} })))).toEqual({
      filter: {},
      sort: undefined,
      columns: undefined,
      leftOut: [],
      isBare: false,
    })
  })

  it('comes back as it was written, whatever the order, the columns and the words', () => {
    const addresses = fc.record({
      filter: fc.string({ minLength: 1 }).map((text) => normalizeFilter({ text, tags: [text] })),
      sort: fc.record({ by: fc.constantFrom(...sorts), direction: fc.constantFrom('asc', 'desc') }),
      columns: fc.uniqueArray(fc.constantFrom(...USUAL_COLUMNS), { minLength: 1 }),
    })
    fc.assert(
      fc.property(addresses, (address) => {
        const expected = { ...address, leftOut: [], isBare: false }
        expect(read(behindMark(historyHref(address)))).toEqual(expected)
      }),
    )
  })

  it('names an order only where it is not the usual one: the newest first, or with words the best', () => {
    const newest = { by: 'timestamp', direction: 'desc' } as const
    const best = { by: 'relevance', direction: 'desc' } as const
    const sought = { text: 'harbour' }
    expect(historyHref({ filter: {}, sort: newest })).toBe('#/history?v=1')
    expect(historyHref({ filter: sought, sort: best })).toBe('#/history?q=harbour&v=1')
    const href = historyHref({ filter: sought, sort: newest })
    expect(href).toBe('#/history?q=harbour&sort=-timestamp&v=1')
    expect(read(behindMark(href)).sort).toEqual(newest)
    expect([usualSort(sought), usualSort({ tags: ['harbour'] })]).toEqual([best, newest])
    expect(usualSort({ expression: { not: { field: 'text', op: 'contains', value: 'x' } } })).toEqual(newest)
    expect(read('q=harbour&sort=-relevance&v=1')).toMatchObject({ sort: undefined, leftOut: [] })
  })

  it('keeps a relative date relative, and a day the same moment in every zone', () => {
    const filter = { dateRange: { from: { ago: 604_800_000 }, to: Date.UTC(2026, 10, 1) } }
    const href = historyHref({ filter })
    expect(decodeURIComponent(href)).toContain('before:2026-11-01T00:00:00.000Z')
    expect(read(behindMark(href)).filter).toEqual(filter)
  })

  it('names what cannot be read and goes on with the rest', () => {
    const address = read('q=status:failed+duration:>fast&sort=-colour&cols=when,bogus,story&nonsense=1')
    expect(address.filter).toEqual({ status: ['failed'] })
    expect(address.sort).toBeUndefined()
    expect(address.columns).toEqual(['when', 'story'])
    const sentence = leftOutSentence(address.leftOut) ?? ''
    expect(sentence).toMatch(/^4 parts of this link were left out: Cannot read `duration:>fast`/)
    for (const part of ['colour', 'bogus', 'nonsense']) expect(sentence).toContain(part)
  })

  it('bounds what a hostile link makes it say', () => {
    const address = read(`cols=${'x,'.repeat(100_000)}&sort=${'y'.repeat(100_000)}&__proto__=1`)
    expect(address.columns).toBeUndefined()
    expect((leftOutSentence(address.leftOut) ?? '').length).toBeLessThan(800)
  })
})
