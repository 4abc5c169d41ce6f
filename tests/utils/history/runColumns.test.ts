import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitColumns,
  NEWEST_FIRST,
  nextSort,
  RUN_COLUMNS,
  SELECT_PX,
  USUAL_COLUMNS,
} from '../../../utils/history/runColumns'

describe('the columns of the table', () => {
  it('are all there where there is room, in their order', () => {
    expect(fitColumns(USUAL_COLUMNS, 1_600).map(({ id }) => id)).toEqual(USUAL_COLUMNS)
  })

  it('never take more room than there is, and the story is always among them', () => {
    const chosen = fc.uniqueArray(fc.constantFrom(...RUN_COLUMNS.map(({ id }) => id)))
    fc.assert(
      fc.property(chosen, fc.integer({ min: 220, max: 2_000 }), (ids, width) => {
        const fitting = fitColumns(ids, width)
        const used = fitting.reduce((sum, column) => sum + column.width, SELECT_PX)
        expect(used).toBeLessThanOrEqual(width)
        expect(fitting.map(({ id }) => id)).toContain('story')
        expect(fitting.every(({ id }) => id === 'story' || ids.includes(id))).toBe(true)
      }),
    )
  })

  it('are sorted greatest first, names from A, and turned round by a second click', () => {
    expect(nextSort('averageDuration', NEWEST_FIRST)).toEqual({ by: 'averageDuration', direction: 'desc' })
    expect(nextSort('runName', NEWEST_FIRST)).toEqual({ by: 'runName', direction: 'asc' })
    expect(nextSort('timestamp', NEWEST_FIRST)).toEqual({ by: 'timestamp', direction: 'asc' })
  })
})
