import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyHref, leftOutSentence, readHistoryAddress } from '../../../utils/history/historyView'
import { NEWEST_FIRST, RUN_COLUMNS, USUAL_COLUMNS } from '../../../utils/history/runColumns'

const read = (text: string) => readHistoryAddress(new URLSearchParams(text))
const sorts = RUN_COLUMNS.flatMap((column) => ('sort' in column ? [column.sort] : []))

describe('the address of the History page', () => {
  it('is bare for what is remembered', () => {
    expect(historyHref()).toBe('#/history')
    expect(read('')).toEqual({
      filter: {},
      sort: NEWEST_FIRST,
      columns: undefined,
      leftOut: [],
      isBare: true,
    })
  })

  it('comes back as it was written, whatever the filter, the order and the columns', () => {
    const views = fc.record({
      filter: fc.constantFrom({}, { status: ['failed' as const] }, { tags: ['night'] }),
      sort: fc.record({ by: fc.constantFrom(...sorts), direction: fc.constantFrom('asc', 'desc') }),
      columns: fc.uniqueArray(fc.constantFrom(...USUAL_COLUMNS), { minLength: 1 }),
    })
    fc.assert(
      fc.property(views, (view) => {
        const address = read(historyHref(view).replace('#/history?', ''))
        expect(address).toEqual({ ...view, leftOut: [], isBare: false })
      }),
    )
  })

  it('names what cannot be read and goes on with the rest', () => {
    const address = read('sort=-colour&cols=when,bogus,story&nonsense=1')
    expect(address.sort).toEqual(NEWEST_FIRST)
    expect(address.columns).toEqual(['when', 'story'])
    const sentence = leftOutSentence(address.leftOut)
    expect(sentence).toMatch(/^3 parts of this link were left out:/)
    for (const part of ['-colour', 'bogus', 'nonsense']) expect(sentence).toContain(`\`${part}\``)
  })

  it('bounds what a hostile link makes it say', () => {
    const address = read(`cols=${'x,'.repeat(100_000)}&sort=${'y'.repeat(100_000)}`)
    expect(address.columns).toBeUndefined()
    expect(leftOutSentence(address.leftOut)?.length).toBeLessThan(400)
  })
})
