import type { FilterExpression } from '../../types'
import { isTerm, type Term } from '../filter/terms'
import { sceneRows, type ColumnChunk } from './columnChunk'

/** 1 for every scene row of which something is true; undefined where there is none. It may be kept by others: never written to. */
export type SceneMask = Uint8Array | undefined
/** The mask of one term. */
export type TermMask = (chunk: ColumnChunk, term: Term) => SceneMask

/** 1 for every run of the chunk that matches: some scene of it makes the expression true (api.md, "Filters"). */
export function matchChunk(chunk: ColumnChunk, expression: FilterExpression, termMask: TermMask): Uint8Array {
  return runsOf(chunk, sceneMask(chunk, expression, termMask))
}

/** The scenes that make the expression true. */
export function sceneMask(chunk: ColumnChunk, expression: FilterExpression, termMask: TermMask): SceneMask {
  if (isTerm(expression)) return termMask(chunk, expression)
  if ('not' in expression) return noneOf(chunk, sceneMask(chunk, expression.not, termMask))
  return 'and' in expression
    ? allOf(chunk, expression.and, termMask)
    : anyOf(expression.or.map((part) => sceneMask(chunk, part, termMask)))
}

/** 1 for every run that has a scene in the mask. */
export function runsOf({ starts, runIds }: ColumnChunk, scenes: SceneMask): Uint8Array {
  const runs = new Uint8Array(runIds.length)
  if (!scenes) return runs
  let scene = 0
  for (let run = 0; run < runs.length; run++) {
    const end = starts[run + 1] ?? 0
    let found = 0
    for (; scene < end; scene++) found |= scenes[scene] ?? 0
    runs[run] = found
  }
  return runs
}

/** What is true of no scene ends the search: the other parts aren't looked at. */
function allOf(chunk: ColumnChunk, parts: readonly FilterExpression[], termMask: TermMask): SceneMask {
  const masks: Uint8Array[] = []
  for (const part of parts) {
    const mask = sceneMask(chunk, part, termMask)
    if (!mask) return undefined
    masks.push(mask)
  }
  return combined(masks, true) ?? new Uint8Array(sceneRows(chunk)).fill(1)
}

const anyOf = (masks: readonly SceneMask[]): SceneMask =>
  combined(
    masks.flatMap((mask) => mask ?? []),
    false,
  )

function combined([first, ...others]: readonly Uint8Array[], isAnd: boolean): SceneMask {
  if (!first || others.length === 0) return first
  const mask = first.slice()
  for (const other of others) combine(mask, other, isAnd)
  return mask
}

/** Four rows at a time, the rest one by one. */
function combine(into: Uint8Array, other: Uint8Array, isAnd: boolean): void {
  const words = into.length >> 2
  const a = new Int32Array(into.buffer, 0, words)
  const b = new Int32Array(other.buffer, 0, words)
  if (isAnd) for (let at = 0; at < words; at++) a[at] = (a[at] ?? 0) & (b[at] ?? 0)
  else for (let at = 0; at < words; at++) a[at] = (a[at] ?? 0) | (b[at] ?? 0)
  for (let at = words << 2; at < into.length; at++)
    into[at] = isAnd ? (into[at] ?? 0) & (other[at] ?? 0) : (into[at] ?? 0) | (other[at] ?? 0)
}

/** 1 for every scene of runs none of whose scenes is in the mask. */
function noneOf(chunk: ColumnChunk, mask: SceneMask): SceneMask {
  return scenesOf(
    chunk,
    runsOf(chunk, mask).map((found) => 1 - found),
  )
}

/** 1 for every scene of the runs; what is true of a run is true of each of its scenes. */
export function scenesOf({ starts }: ColumnChunk, runs: Uint8Array): SceneMask {
  const scenes = new Uint8Array(starts[runs.length] ?? 0)
  let some = 0
  let scene = 0
  for (let run = 0; run < runs.length; run++) {
    const end = starts[run + 1] ?? 0
    const is = runs[run] ?? 0
    some |= is
    for (; scene < end; scene++) scenes[scene] = is
  }
  return some === 0 ? undefined : scenes
}
