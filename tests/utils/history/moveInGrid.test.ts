import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveInGrid } from '../../../utils/history/moveInGrid'

const size = { rows: 100, columns: 5, perPage: 10 }
const from = { row: 20, column: 2 }

describe('the keys of a table', () => {
  it.each([
    [{ key: 'ArrowDown' }, { row: 21, column: 2 }],
    [{ key: 'ArrowUp' }, { row: 19, column: 2 }],
    [{ key: 'ArrowRight' }, { row: 20, column: 3 }],
    [{ key: 'ArrowLeft' }, { row: 20, column: 1 }],
    [{ key: 'Home' }, { row: 20, column: 0 }],
    [{ key: 'End' }, { row: 20, column: 4 }],
    [
      { key: 'Home', ctrlKey: true },
      { row: 0, column: 0 },
    ],
    [
      { key: 'End', ctrlKey: true },
      { row: 99, column: 4 },
    ],
    [{ key: 'PageDown' }, { row: 30, column: 2 }],
    [{ key: 'PageUp' }, { row: 10, column: 2 }],
  ])('%j leads to %j', (key, to) => {
    expect(moveInGrid(from, key, size)).toEqual(to)
  })

  it('reaches the head by the arrow alone, and leaves other keys to others', () => {
    expect(moveInGrid({ row: 0, column: 1 }, { key: 'ArrowUp' }, size)?.row).toBe(-1)
    expect(moveInGrid({ row: 3, column: 1 }, { key: 'PageUp' }, size)?.row).toBe(0)
    expect(moveInGrid(from, { key: 'a' }, size)).toBeUndefined()
  })

  it('never leaves the table', () => {
    const keys = fc.constantFrom(
      'ArrowDown',
      'ArrowUp',
      'ArrowLeft',
      'ArrowRight',
      'PageUp',
      'PageDown',
      'End',
      'Home',
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: keys, ctrlKey: fc.boolean() })),
        fc.integer({ min: 1, max: 30 }),
        (pressed, rows) => {
          let cell = { row: 0, column: 0 }
          for (const key of pressed) cell = moveInGrid(cell, key, { ...size, rows }) ?? cell
          expect(cell.row).toBeGreaterThanOrEqual(-1)
          expect(cell.row).toBeLessThan(rows)
          expect(cell.column).toBeGreaterThanOrEqual(0)
          expect(cell.column).toBeLessThan(size.columns)
        },
      ),
    )
  })
})
