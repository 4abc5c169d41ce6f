import type { Facets, FilterExpression, RunField, SceneField } from '../../types'
import type { CodedColumn, ColumnChunk } from './columnChunk'
import { sceneMask, type TermMask } from './matchChunk'
import { listOf } from './readRow'
import { isVisible } from './selectRuns'

type ListFacet = Exclude<keyof Facets, 'duration'>

interface FacetShape {
  readonly field: SceneField | RunField
  readonly columnOf: (chunk: ColumnChunk) => CodedColumn
  readonly isOfRun?: boolean
  readonly itemsOf?: (text: string) => readonly string[]
}

const SHAPES: Readonly<Record<ListFacet, FacetShape>> = {
  status: { field: 'status', columnOf: ({ sceneTexts }) => sceneTexts.status },
  exitReason: { field: 'reason', columnOf: ({ sceneTexts }) => sceneTexts.reason },
  gpuModel: { field: 'gpu', columnOf: ({ sceneTexts }) => sceneTexts.gpu },
  workflow: { field: 'workflow', columnOf: ({ sceneTexts }) => sceneTexts.workflow },
  tag: { field: 'tag', columnOf: ({ runTexts }) => runTexts.tags, isOfRun: true, itemsOf: listOf },
  source: { field: 'source', columnOf: ({ runTexts }) => runTexts.source, isOfRun: true },
  storyId: { field: 'story', columnOf: ({ runTexts }) => runTexts.storyId, isOfRun: true },
}

/**
 * Of each value how many runs would be left if it were chosen: some scene has it and meets every other criterion. Criteria of the
 * facet's own field are left out, so that its other values can be seen.
 */
export function facetsOf(
  chunks: readonly ColumnChunk[],
  expression: FilterExpression,
  termMask: TermMask,
): Facets {
  const count = (facet: ListFacet) =>
    countFacet(chunks, SHAPES[facet], without(expression, SHAPES[facet].field), termMask)
  return {
    status: count('status'),
    exitReason: count('exitReason'),
    gpuModel: count('gpuModel'),
    tag: count('tag'),
    source: count('source'),
    storyId: count('storyId'),
    workflow: count('workflow'),
    duration: durationHistogram(chunks, without(expression, 'duration'), termMask),
  }
}

/** The criteria that are not of one field alone. */
function without(expression: FilterExpression, field: SceneField | RunField): FilterExpression {
  const criteria = 'and' in expression ? expression.and : [expression]
  return { and: criteria.filter((criterion) => !isOnly(criterion, field)) }
}

function isOnly(expression: FilterExpression, field: SceneField | RunField): boolean {
  if ('and' in expression) return expression.and.every((part) => isOnly(part, field))
  if ('or' in expression) return expression.or.every((part) => isOnly(part, field))
  // What is excluded stays excluded: it is no choice among the values that are listed.
  return 'field' in expression && expression.field === field
}

function countFacet(
  chunks: readonly ColumnChunk[],
  { columnOf, isOfRun = false, itemsOf }: FacetShape,
  expression: FilterExpression,
  termMask: TermMask,
): Facets[ListFacet] {
  const counts = new Map<string, number>()
  for (const chunk of chunks) {
    const column = columnOf(chunk)
    const mask = sceneMask(chunk, expression, termMask)
    const found = isOfRun ? countByRun(chunk, column, mask) : countByScene(chunk, column, mask)
    column.values.forEach((value, index) => {
      const runs = found[index + 1] ?? 0
      if (runs > 0)
        for (const item of itemsOf?.(value) ?? [value]) counts.set(item, (counts.get(item) ?? 0) + runs)
    })
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES)
}

/** A list nobody reads to its end. */
const MOST_VALUES = 1_000

/** Runs by the code of a run's value. */
function countByRun(chunk: ColumnChunk, { values, codes }: CodedColumn, mask: Uint8Array): Uint32Array {
  const counts = new Uint32Array(values.length + 1)
  for (let run = 0; run < codes.length; run++) {
    if (!isVisible(chunk, run)) continue
    const end = chunk.starts[run + 1] ?? 0
    let scene = chunk.starts[run] ?? 0
    while (scene < end && mask[scene] !== 1) scene++
    if (scene < end) bump(counts, codes[run] ?? 0)
  }
  return counts
}

/** Runs by the code of a scene's value, each run once a value. */
function countByScene(chunk: ColumnChunk, { values, codes }: CodedColumn, mask: Uint8Array): Uint32Array {
  const counts = new Uint32Array(values.length + 1)
  const last = new Int32Array(values.length + 1).fill(-1)
  for (let run = 0; run < chunk.runIds.length; run++) {
    if (!isVisible(chunk, run)) continue
    const end = chunk.starts[run + 1] ?? 0
    for (let scene = chunk.starts[run] ?? 0; scene < end; scene++) {
      const code = codes[scene] ?? 0
      if (mask[scene] !== 1 || last[code] === run) continue
      last[code] = run
      bump(counts, code)
    }
  }
  return counts
}

function bump(counts: Uint32Array, code: number): void {
  counts[code] = (counts[code] ?? 0) + 1
}

/** Upper bounds of the histogram's bars, ms: five to a decade. */
const BOUNDS = Array.from({ length: 22 }, (_, index) => Math.round(1_000 * 10 ** (index / 5)))

/** Runs with some scene of a duration in each bar; bars without any at either end are left out. */
function durationHistogram(
  chunks: readonly ColumnChunk[],
  expression: FilterExpression,
  termMask: TermMask,
): Facets['duration'] {
  const counts = new Uint32Array(BOUNDS.length + 1)
  const last = new Int32Array(counts.length)
  for (const chunk of chunks) {
    const mask = sceneMask(chunk, expression, termMask)
    const { duration } = chunk.sceneNumbers
    last.fill(-1)
    for (let run = 0; run < chunk.runIds.length; run++) {
      if (!isVisible(chunk, run)) continue
      const end = chunk.starts[run + 1] ?? 0
      for (let scene = chunk.starts[run] ?? 0; scene < end; scene++) {
        const value = duration[scene] ?? Number.NaN
        if (mask[scene] !== 1 || Number.isNaN(value)) continue
        const bar = barOf(value)
        if (last[bar] === run) continue
        last[bar] = run
        bump(counts, bar)
      }
    }
  }
  return barsOf(counts)
}

/** The bar of a duration, without a search: the bounds grow evenly on a logarithmic scale. */
function barOf(ms: number): number {
  let bar = ms <= 0 ? 0 : Math.min(BOUNDS.length, Math.max(0, Math.ceil(5 * Math.log10(ms / 1_000))))
  while (bar > 0 && ms < (BOUNDS[bar - 1] ?? 0)) bar--
  while (bar < BOUNDS.length && ms >= (BOUNDS[bar] ?? Infinity)) bar++
  return bar
}

function barsOf(counts: Uint32Array): Facets['duration'] {
  const first = counts.findIndex((count) => count > 0)
  const last = counts.findLastIndex((count) => count > 0)
  if (first === -1) return []
  return Array.from(counts.subarray(first, last + 1), (count, index) => ({
    from: BOUNDS[first + index - 1] ?? 0,
    to: BOUNDS[first + index] ?? 2 * (BOUNDS.at(-1) ?? 0),
    count,
  }))
}
