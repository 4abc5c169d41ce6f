import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isColumnId,
  NEWEST_FIRST,
  nextSort,
  RUN_COLUMNS,
  scrolledTo,
  SELECT_PX,
  shownColumns,
  USUAL_COLUMNS,
  widthOf,
  type RunColumn,
} from '../../../utils/history/runColumns'

describe('the columns of the table', () => {
  const usual = { chosen: undefined, hasServers: true }
  const ids = (columns: readonly RunColumn[]) => columns.map(({ id }) => id)
  const choices = fc.uniqueArray(fc.constantFrom(...ids(RUN_COLUMNS).filter(isColumnId)))

  it('are all there where there is room, in their order', () => {
    expect(ids(shownColumns(usual, 1_600))).toEqual(USUAL_COLUMNS)
  })

  it('that nobody chose never take more room than there is, and the story is always among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 220, max: 2_000 }), fc.boolean(), (width, hasServers) => {
        const shown = shownColumns({ chosen: undefined, hasServers }, width)
        expect(widthOf(shown)).toBeLessThanOrEqual(width)
        expect(ids(shown)).toContain('story')
      }),
    )
  })

  it('that somebody chose are shown, however narrow the table is', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 220, max: 2_000 }), (chosen, width) => {
        const shown = shownColumns({ chosen, hasServers: true }, width)
        expect(new Set(ids(shown))).toEqual(new Set([...chosen, 'story']))
      }),
    )
  })

  it('name no server where there is one only', () => {
    expect(ids(shownColumns({ chosen: ['server', 'tags'], hasServers: false }, 400))).toEqual([
      'story',
      'tags',
    ])
  })

  it('are scrolled to so that all of the active one is seen beside the story', () => {
    const seen = { left: fc.integer({ min: 0, max: 900 }), width: fc.integer({ min: 400, max: 1_200 }) }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: RUN_COLUMNS.length }), fc.record(seen), (column, view) => {
        const { id, width } = RUN_COLUMNS[column - 1] ?? RUN_COLUMNS[0]
        fc.pre(id !== 'story')
        const left = scrolledTo(RUN_COLUMNS, column, view)
        const from = widthOf(RUN_COLUMNS.slice(0, column - 1)) - left
        expect(from).toBeGreaterThanOrEqual(id === 'when' ? SELECT_PX : SELECT_PX + 152)
        expect(from + width).toBeLessThanOrEqual(view.width)
        expect(scrolledTo(RUN_COLUMNS, column, { ...view, left })).toBe(left)
      }),
    )
  })

  it('are sorted greatest first, names from A, and turned round by a second click', () => {
    expect(nextSort('averageDuration', NEWEST_FIRST)).toEqual({ by: 'averageDuration', direction: 'desc' })
    expect(nextSort('runName', NEWEST_FIRST)).toEqual({ by: 'runName', direction: 'asc' })
    expect(nextSort('timestamp', NEWEST_FIRST)).toEqual({ by: 'timestamp', direction: 'asc' })
  })
})
