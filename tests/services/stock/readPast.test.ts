import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPast } from '../../../services/stock/readPast'
import { HISTORY_PAGE } from '../../../services/stock/createStockReader'
import type { StockEntry } from '../../../services/wire/stockPrompts'

const entries = (from: number, to: number): StockEntry[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, n) => ({
    promptId: `p${from + n}`,
    graph: {},
    outputs: [],
  }))
const idsOf = (list: readonly StockEntry[]) => list.map(({ promptId }) => promptId)

/** A server with so many prompts, of which it forgets the oldest ones while it is asked. */
async function read(count: number, known: number, forgets = false) {
  let dropped = 0
  let asked = 0
  const past = await readPast(entries(count - HISTORY_PAGE, count), {
    turn: () => Promise.resolve(),
    unknown: (list) => Promise.resolve(list.filter(({ promptId }) => Number(promptId.slice(1)) >= known)),
    reader: {
      historyFrom(offset, max) {
        asked += 1
        const all = entries(dropped, count)
        if (forgets) dropped += 3
        return Promise.resolve({ entries: all.slice(offset, offset + max), refused: 0 })
      },
    },
  })
  return { past: idsOf(past), asked, dropped }
}

describe('what a server did before its newest page', () => {
  it('is read whole, oldest first, each prompt once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: HISTORY_PAGE, max: 12_000 }), async (count) => {
        const { past, asked } = await read(count, 0)
        expect(past).toEqual(idsOf(entries(0, count - HISTORY_PAGE)))
        expect(asked).toBeLessThan(count / HISTORY_PAGE + 20)
      }),
      { numRuns: 15 },
    )
  })

  it('is read back to what is known, and no further', async () => {
    const { past, asked } = await read(10_000, 9_800)
    expect(past).toEqual(idsOf(entries(9_800, 10_000 - HISTORY_PAGE)))
    expect(asked).toBeLessThan(25)
  })

  it('has no hole where the server forgets its oldest prompts meanwhile', async () => {
    const { past, dropped } = await read(1_000, 0, true)
    const numbers = past.map((id) => Number(id.slice(1)))
    expect(numbers[0]).toBeLessThanOrEqual(dropped)
    expect(numbers).toEqual(numbers.map((_, n) => (numbers[0] ?? 0) + n))
    expect(numbers.at(-1)).toBe(999 - HISTORY_PAGE)
  })
})
