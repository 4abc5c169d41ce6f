import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { historyHref, leftOutSentence, readHistoryAddress } from '../../../utils/history/historyView'
import { RUN_COLUMNS, USUAL_COLUMNS } from '../../../utils/history/runColumns'

const read = (text: string) => readHistoryAddress(new URLSearchParams(text))
const sorts = RUN_COLUMNS.flatMap((column) => ('sort' in column ? [column.sort] : []))

describe('the address of the History page', () => {
  it('is bare for what is as usual', () => {
    expect(historyHref()).toBe('#/history')
    expect(read('')).toEqual({
      q: '',
      sort: { by: 'timestamp', direction: 'desc' },
      columns: undefined,
      leftOut: [],
    })
  })

  it('comes back as it was written, whatever the query, the order and the columns', () => {
    const addresses = fc.record({
      q: fc.string(),
      sort: fc.record({ by: fc.constantFrom(...sorts), direction: fc.constantFrom('asc', 'desc') }),
      columns: fc.uniqueArray(fc.constantFrom(...USUAL_COLUMNS), { minLength: 1 }),
    })
    fc.assert(
      fc.property(addresses, (address) => {
        expect(read(historyHref(address).replace(/^#\/history\??/, ''))).toEqual({ ...address, leftOut: [] })
      }),
    )
  })

  it('names what cannot be read and goes on with the rest', () => {
    const address = read('sort=-colour&cols=when,bogus,story&nonsense=1')
    expect(address.sort).toEqual({ by: 'timestamp', direction: 'desc' })
    expect(address.columns).toEqual(['when', 'story'])
    expect(address.leftOut).toEqual(['sort=-colour', 'cols=bogus', 'nonsense=1'])
    expect(leftOutSentence(address.leftOut)).toBe(
      '3 parts of this link were left out: sort=-colour, cols=bogus, nonsense=1.',
    )
  })

  it('bounds what a hostile link makes it say', () => {
    const address = read(`cols=${'x,'.repeat(100_000)}&sort=${'y'.repeat(100_000)}`)
    const sentence = leftOutSentence(address.leftOut) ?? ''
    expect(address.columns).toBeUndefined()
    expect(sentence.length).toBeLessThan(400)
  })
})
