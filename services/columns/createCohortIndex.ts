import type { TimedScene } from '../comparison/baselineRatios'
import { bisect } from '../shared/bisect'
import { textAt, type ColumnChunk } from './columnChunk'
import { durationTest, measuredRuns } from './measured'
import { orderRuns } from './orderRuns'
import { allRuns } from './selectRuns'
import { scenesOf, type OrderedRuns, type RunRef } from './selection'

/** Which runs came before one and share a cohort with it. Places count all measured runs, oldest first. */
export interface CohortIndex {
  placeOf(runId: string): number | undefined
  /** Places of earlier runs that share a cohort with this one, by any scene of either, newest first. */
  likeBefore(place: number, size: number): readonly number[]
  /** Places of earlier runs with a timed scene of a cohort, newest first. */
  timedBefore(place: number, cohort: string, size: number): readonly number[]
  idAt(place: number): string
  /** The scenes of a run whose durations count. */
  timedAt(place: number): readonly IndexedScene[]
}
/** A scene whose duration counts, by its cohort's key. */
export interface IndexedScene extends TimedScene {
  readonly cohort: string
  readonly sceneId: string
}

/** Built once for the columns as they were read; about a pass over all scenes. */
export function createCohortIndex(chunks: readonly ColumnChunk[]): CohortIndex {
  const runs = orderRuns(measuredRuns(allRuns(chunks)), { by: 'timestamp', direction: 'asc' })
  const { members, ofChunk } = gatherCohorts(chunks)
  const places = new Map<string, number>()
  for (let place = 0; place < runs.length; place++) {
    places.set(idAt(runs, place), place)
    noteCohorts(runs.at(place), ofChunk, place)
  }
  return {
    placeOf: (runId) => places.get(runId),
    idAt: (place) => idAt(runs, place),
    timedAt: (place) => timedScenes(runs.at(place), ofChunk),
    likeBefore: (place, size) =>
      newestBefore(
        cohortsOf(runs.at(place), ofChunk).map(({ all }) => all),
        place,
        size,
      ),
    timedBefore: (place, cohort, size) => newestBefore([members.get(cohort)?.timed ?? []], place, size),
  }
}

/** Places of runs with a scene of a cohort, and of those with a timed one; both ascend. */
interface Members {
  readonly all: number[]
  readonly timed: number[]
}
/** The cohorts of a chunk as its column numbers them, from 0; and which of its scenes are timed. */
interface ChunkCohorts {
  readonly members: readonly Members[]
  readonly isTimed: (scene: number) => boolean
}
type OfChunk = ReadonlyMap<ColumnChunk, ChunkCohorts>

/** Every cohort, still without members: chunks that name the same one share it. */
function gatherCohorts(chunks: readonly ColumnChunk[]): {
  readonly members: ReadonlyMap<string, Members>
  readonly ofChunk: OfChunk
} {
  const members = new Map<string, Members>()
  const membersOf = (cohort: string): Members => {
    const known = members.get(cohort) ?? { all: [], timed: [] }
    members.set(cohort, known)
    return known
  }
  const ofChunk = new Map(
    chunks.map((chunk) => [
      chunk,
      { members: chunk.sceneTexts.cohort.values.map(membersOf), isTimed: durationTest(chunk) },
    ]),
  )
  return { members, ofChunk }
}

function noteCohorts(ref: RunRef | undefined, ofChunk: OfChunk, place: number): void {
  const cohorts = ref && ofChunk.get(ref.chunk)
  if (!cohorts) return
  const { starts, sceneTexts } = ref.chunk
  const end = starts[ref.row + 1] ?? 0
  for (let scene = starts[ref.row] ?? 0; scene < end; scene++) {
    const members = cohorts.members[(sceneTexts.cohort.codes[scene] ?? 0) - 1]
    if (!members) continue
    if (members.all.at(-1) !== place) members.all.push(place)
    if (cohorts.isTimed(scene) && members.timed.at(-1) !== place) members.timed.push(place)
  }
}

function cohortsOf(ref: RunRef | undefined, ofChunk: OfChunk): readonly Members[] {
  const { members = [] } = (ref && ofChunk.get(ref.chunk)) ?? {}
  const { codes = [] } = ref?.chunk.sceneTexts.cohort ?? {}
  const found = new Set(scenesOf(ref).map((scene) => codes[scene] ?? 0))
  return [...found].flatMap((code) => members[code - 1] ?? [])
}

function timedScenes(ref: RunRef | undefined, ofChunk: OfChunk): readonly IndexedScene[] {
  const isTimed = ref && ofChunk.get(ref.chunk)?.isTimed
  if (!isTimed) return []
  const { sceneTexts, sceneNumbers } = ref.chunk
  return scenesOf(ref)
    .filter(isTimed)
    .map((scene) => ({
      sceneId: textAt(sceneTexts.sceneId, scene) ?? '',
      cohort: textAt(sceneTexts.cohort, scene) ?? '',
      duration: sceneNumbers.duration[scene] ?? 0,
    }))
}

const idAt = (runs: OrderedRuns, place: number): string => {
  const ref = runs.at(place)
  return ref?.chunk.runIds[ref.row] ?? ''
}

/** The greatest `size` places below one, of lists that ascend, each once. */
function newestBefore(lists: readonly (readonly number[])[], place: number, size: number): readonly number[] {
  const found = new Set<number>()
  for (const list of lists) {
    const end = bisect(list, (each) => each >= place)
    for (const each of list.slice(Math.max(0, end - size), end)) found.add(each)
  }
  return [...found].sort((a, b) => b - a).slice(0, size)
}
