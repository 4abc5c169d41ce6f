import type { FilterExpression } from '../../types'
import { isTerm, type Term } from '../filter/terms'
import type { ColumnChunk } from './columnChunk'
import { combineMasks, runsIn, type Mask, type RowMask } from './mask'

/** Where one term is true. */
export type TermMask = (chunk: ColumnChunk, term: Term) => Mask

/** Where the expression is true. A run matches if some scene of it makes it true (docs/filters.md). */
export function matchChunk(chunk: ColumnChunk, expression: FilterExpression, termMask: TermMask): Mask {
  if (isTerm(expression)) return termMask(chunk, expression)
  if ('and' in expression) return allOf(chunk, expression.and, termMask)
  if ('or' in expression) {
    const masks = expression.or.flatMap((part) => matchChunk(chunk, part, termMask) ?? [])
    return combineMasks(chunk, masks, 'any')
  }
  const some = runsIn(chunk, matchChunk(chunk, expression.not, termMask))
  return { of: 'runs', rows: some.map((found) => 1 - found) }
}

/** What is true of no scene ends the search: the other parts aren't looked at. */
function allOf(chunk: ColumnChunk, parts: readonly FilterExpression[], termMask: TermMask): Mask {
  const masks: RowMask[] = []
  for (const part of parts) {
    const mask = matchChunk(chunk, part, termMask)
    if (!mask) return undefined
    masks.push(mask)
  }
  if (masks.length === 0) return { of: 'runs', rows: new Uint8Array(chunk.runIds.length).fill(1) }
  return combineMasks(chunk, masks, 'all')
}
