import type { FilterExpression } from '../../types'
import { isTerm, type Term } from '../filter/terms'
import { sceneRows, type ColumnChunk } from './columnChunk'

/** Fills a scene's row with 1 where a term is true of it. */
export type TermMask = (chunk: ColumnChunk, term: Term) => Uint8Array

/** 1 for every run of the chunk that matches: some scene of it makes the expression true (api.md, "Filters"). */
export function matchChunk(chunk: ColumnChunk, expression: FilterExpression, termMask: TermMask): Uint8Array {
  const scenes = sceneMask(chunk, expression, termMask)
  const { starts, runIds } = chunk
  const runs = new Uint8Array(runIds.length)
  for (let run = 0; run < runs.length; run++)
    runs[run] = someOf(scenes, starts[run] ?? 0, starts[run + 1] ?? 0) ? 1 : 0
  return runs
}

/** 1 for every scene row that makes the expression true. The mask may be a term's own: it is not to be written to. */
export function sceneMask(chunk: ColumnChunk, expression: FilterExpression, termMask: TermMask): Uint8Array {
  if (isTerm(expression)) return termMask(chunk, expression)
  if ('not' in expression) return noneOf(chunk, sceneMask(chunk, expression.not, termMask))
  const isAnd = 'and' in expression
  const parts = isAnd ? expression.and : expression.or
  const [only, ...others] = parts
  if (only && others.length === 0) return sceneMask(chunk, only, termMask)
  const mask = new Uint8Array(sceneRows(chunk)).fill(isAnd ? 1 : 0)
  for (const part of parts) combine(mask, sceneMask(chunk, part, termMask), isAnd)
  return mask
}

/** Four rows at a time, the rest one by one. */
function combine(into: Uint8Array, with_: Uint8Array, isAnd: boolean): void {
  const words = into.length >> 2
  const a = new Uint32Array(into.buffer, 0, words)
  const b = new Uint32Array(with_.buffer, 0, words)
  if (isAnd) for (let at = 0; at < words; at++) a[at] = (a[at] ?? 0) & (b[at] ?? 0)
  else for (let at = 0; at < words; at++) a[at] = (a[at] ?? 0) | (b[at] ?? 0)
  for (let at = words << 2; at < into.length; at++)
    into[at] = isAnd ? (into[at] ?? 0) & (with_[at] ?? 0) : (into[at] ?? 0) | (with_[at] ?? 0)
}

/** 1 for every scene of runs none of whose scenes is in the mask. */
function noneOf({ starts, runIds }: ColumnChunk, mask: Uint8Array): Uint8Array {
  const none = new Uint8Array(mask.length)
  for (let run = 0; run < runIds.length; run++) {
    const from = starts[run] ?? 0
    const to = starts[run + 1] ?? 0
    if (!someOf(mask, from, to)) none.fill(1, from, to)
  }
  return none
}

function someOf(mask: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (mask[at] === 1) return true
  return false
}
