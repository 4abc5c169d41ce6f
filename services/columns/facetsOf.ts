import type { Facets, FilterExpression, RunField, SceneField } from '../../types'
import type { CodedColumn, ColumnChunk } from './columnChunk'
import { BAR_BOUNDS, durationBars } from './durationBars'
import { runsIn, scenesIn } from './mask'
import { matchChunk, type TermMask } from './matchChunk'
import { listOf } from './readRow'
import { visibleOf } from './selectRuns'

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
  const matchesOf = createMatches(chunks, termMask)
  const count = (facet: ListFacet) =>
    countFacet(matchesOf(without(expression, SHAPES[facet].field)), SHAPES[facet])
  return {
    status: count('status'),
    exitReason: count('exitReason'),
    gpuModel: count('gpuModel'),
    tag: count('tag'),
    source: count('source'),
    storyId: count('storyId'),
    workflow: count('workflow'),
    duration: durationHistogram(matchesOf(without(expression, 'duration'))),
  }
}

/** A chunk with the scenes that meet the criteria, and the runs, none deleted, that have such a scene. */
interface Matches {
  readonly chunk: ColumnChunk
  readonly scenes: Uint8Array | undefined
  readonly runs: Uint8Array
}

/** Most facets ask for the same: the same expression is matched once. */
function createMatches(
  chunks: readonly ColumnChunk[],
  termMask: TermMask,
): (expression: FilterExpression) => readonly Matches[] {
  const known = new Map<FilterExpression, readonly Matches[]>()
  return (expression) => {
    const matches =
      known.get(expression) ??
      chunks.map((chunk) => {
        const mask = matchChunk(chunk, expression, termMask)
        return { chunk, scenes: scenesIn(chunk, mask), runs: visibleOf(chunk, runsIn(chunk, mask)) }
      })
    known.set(expression, matches)
    return matches
  }
}

/** The criteria that are not of one field alone; the same expression, if all are left. */
function without(expression: FilterExpression, field: SceneField | RunField): FilterExpression {
  const criteria = 'and' in expression ? expression.and : [expression]
  const left = criteria.filter((criterion) => !isOnly(criterion, field))
  return left.length === criteria.length ? expression : { and: left }
}

function isOnly(expression: FilterExpression, field: SceneField | RunField): boolean {
  if ('and' in expression) return expression.and.every((part) => isOnly(part, field))
  // An empty OR is of no field: it matches nothing.
  if ('or' in expression)
    return expression.or.length > 0 && expression.or.every((part) => isOnly(part, field))
  // What is excluded stays excluded: it is no choice among the values that are listed.
  return 'field' in expression && expression.field === field
}

function countFacet(
  matches: readonly Matches[],
  { columnOf, isOfRun = false, itemsOf }: FacetShape,
): Facets[ListFacet] {
  const counts = new Map<string, number>()
  for (const match of matches) {
    const { values, codes } = columnOf(match.chunk)
    const found = new Uint32Array(values.length + 1)
    if (isOfRun) countByRun(match, codes, found)
    else countByScene(match, codes, found)
    values.forEach((value, index) => {
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

/** Adds the runs by the code of a run's value. */
function countByRun({ runs }: Matches, codes: CodedColumn['codes'], counts: Uint32Array): void {
  for (let run = 0; run < runs.length; run++) if (runs[run] === 1) bump(counts, codes[run] ?? 0)
}

/** Adds the runs by the code of a scene's value, each run once a value. */
function countByScene(
  { chunk, scenes, runs }: Matches,
  codes: CodedColumn['codes'],
  counts: Uint32Array,
): void {
  if (!scenes) return
  const last = new Int32Array(counts.length).fill(-1)
  for (let run = 0; run < runs.length; run++) {
    if (runs[run] !== 1) continue
    const end = chunk.starts[run + 1] ?? 0
    for (let scene = chunk.starts[run] ?? 0; scene < end; scene++) {
      const code = codes[scene] ?? 0
      if (scenes[scene] !== 1 || last[code] === run) continue
      last[code] = run
      bump(counts, code)
    }
  }
}

function bump(counts: Uint32Array, code: number): void {
  counts[code] = (counts[code] ?? 0) + 1
}

/** Runs with some scene of a duration in each bar; bars without any at either end are left out. */
function durationHistogram(matches: readonly Matches[]): Facets['duration'] {
  const found = new Uint32Array(BAR_BOUNDS.length + 2)
  for (const match of matches) countByScene(match, durationBars(match.chunk), found)
  const counts = found.subarray(1)
  const first = counts.findIndex((count) => count > 0)
  const last = counts.findLastIndex((count) => count > 0)
  if (first === -1) return []
  return Array.from(counts.subarray(first, last + 1), (count, index) => ({
    from: BAR_BOUNDS[first + index - 1] ?? 0,
    to: BAR_BOUNDS[first + index] ?? 2 * (BAR_BOUNDS.at(-1) ?? 0),
    count,
  }))
}
