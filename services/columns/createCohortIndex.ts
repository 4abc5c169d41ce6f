import type { TimedScene } from '../comparison/baselineRatios'
import { textAt, type ColumnChunk } from './columnChunk'
import { durationTest, measuredRuns } from './measured'
import { orderRuns } from './orderRuns'
import { allRuns } from './selectRuns'
import type { OrderedRuns, RunRef } from './selection'

/** Which runs came before one and share a cohort with it. Places count all measured runs, oldest first. */
export interface CohortIndex {
  placeOf(runId: string): number | undefined
  /** Places of earlier runs with a timed scene of one of these cohorts, newest first. */
  before(place: number, cohorts: ReadonlySet<string>, size: number): readonly number[]
  idAt(place: number): string
  /** The scenes of a run whose durations count. */
  timedAt(place: number): readonly (TimedScene & { readonly cohort: string; readonly sceneId: string })[]
}

/** Built once for the columns as they were read; about a pass over all scenes. */
export function createCohortIndex(chunks: readonly ColumnChunk[]): CohortIndex {
  const runs = orderRuns(measuredRuns(allRuns(chunks)), { by: 'timestamp', direction: 'asc' })
  const tests = new Map(chunks.map((chunk) => [chunk, durationTest(chunk)]))
  const places = new Map<string, number>()
  const byCohort = new Map<string, number[]>()
  const timedAt: CohortIndex['timedAt'] = (place) => timedScenes(runs.at(place), tests)
  for (let place = 0; place < runs.length; place++) {
    places.set(idAt(runs, place), place)
    noteCohorts(byCohort, runs.at(place), tests, place)
  }
  return {
    placeOf: (runId) => places.get(runId),
    idAt: (place) => idAt(runs, place),
    timedAt,
    before: (place, cohorts, size) =>
      newestBefore(
        [...cohorts].map((cohort) => byCohort.get(cohort) ?? []),
        place,
        size,
      ),
  }
}

type Tests = ReadonlyMap<ColumnChunk, (scene: number) => boolean>

function noteCohorts(
  byCohort: Map<string, number[]>,
  ref: RunRef | undefined,
  tests: Tests,
  place: number,
): void {
  if (!ref) return
  const { chunk, row } = ref
  const counts = tests.get(chunk)
  const { codes, values } = chunk.sceneTexts.cohort
  for (let scene = chunk.starts[row] ?? 0; scene < (chunk.starts[row + 1] ?? 0); scene++) {
    if (!counts?.(scene)) continue
    const cohort = values[(codes[scene] ?? 0) - 1] ?? ''
    const known = byCohort.get(cohort)
    if (!known) byCohort.set(cohort, [place])
    else if (known.at(-1) !== place) known.push(place)
  }
}

function timedScenes(ref: RunRef | undefined, tests: Tests): ReturnType<CohortIndex['timedAt']> {
  if (!ref) return []
  const { chunk, row } = ref
  const counts = tests.get(chunk)
  const scenes: (TimedScene & { readonly cohort: string; readonly sceneId: string })[] = []
  for (let scene = chunk.starts[row] ?? 0; scene < (chunk.starts[row + 1] ?? 0); scene++)
    if (counts?.(scene))
      scenes.push({
        sceneId: textAt(chunk.sceneTexts.sceneId, scene) ?? '',
        cohort: textAt(chunk.sceneTexts.cohort, scene) ?? '',
        duration: chunk.sceneNumbers.duration[scene] ?? 0,
      })
  return scenes
}

const idAt = (runs: OrderedRuns, place: number): string => {
  const ref = runs.at(place)
  return ref?.chunk.runIds[ref.row] ?? ''
}

/** The greatest `size` places below one, of lists that ascend, each once. */
function newestBefore(lists: readonly (readonly number[])[], place: number, size: number): readonly number[] {
  const found = new Set<number>()
  for (const list of lists) {
    const end = lowerBound(list, place)
    for (const each of list.slice(Math.max(0, end - size), end)) found.add(each)
  }
  return [...found].sort((a, b) => b - a).slice(0, size)
}

function lowerBound(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? Infinity) < value) low = middle + 1
    else high = middle
  }
  return low
}
