import type { Estimate, HistoricalRun, RunHistory } from '../../types'
import type { ColumnChunk } from '../columns/columnChunk'
import { createCohortIndex, type CohortIndex } from '../columns/createCohortIndex'
import { compareRuns } from '../comparison/compareRuns'
import { durationEvidence } from '../comparison/durationEvidence'
import { sceneEstimate } from '../comparison/sceneEstimate'
import { sceneKey } from '../shared/sceneKey'
import { noSuchRun } from './historyError'

/** The part of the history that compares. */
export type Comparisons = Pick<RunHistory, 'baseline' | 'compare' | 'verdicts' | 'sceneTrends'>

/** Runs that a run is compared with, unless asked otherwise: the newest before it that are like it. */
const BASELINE = 50

/** Runs and scenes against earlier ones of their cohorts (docs/history.md, "What the figures are of"). */
export function createComparisons(
  readColumns: () => Promise<readonly ColumnChunk[]>,
  readRuns: (runIds: readonly string[]) => Promise<readonly HistoricalRun[]>,
): Comparisons {
  let built: { readonly of: readonly ColumnChunk[]; readonly index: CohortIndex } | undefined
  const cohorts = async (): Promise<CohortIndex> => {
    const chunks = await readColumns()
    if (built?.of !== chunks) built = { of: chunks, index: createCohortIndex(chunks) }
    return built.index
  }
  const baseline: Comparisons['baseline'] = async (runId, { size = BASELINE } = {}) => {
    const index = await cohorts()
    const place = index.placeOf(runId)
    return place === undefined ? [] : readRuns(index.likeBefore(place, size).map(index.idAt))
  }
  return {
    baseline,
    async compare(runId, { against, signal } = {}) {
      const [current] = await readRuns([runId])
      if (!current) throw noSuchRun()
      signal?.throwIfAborted()
      const historical = against ? await readRuns(against) : await baseline(runId)
      signal?.throwIfAborted()
      return compareRuns(current, historical, against ? 'runs' : 'baseline')
    },
    async verdicts(runIds) {
      const index = await cohorts()
      return new Map(runIds.flatMap((runId) => entry(runId, runVerdict(index, runId))))
    },
    async sceneTrends(scenes) {
      const index = await cohorts()
      return new Map(
        scenes.flatMap(({ runId, sceneId }) =>
          entry(sceneKey(runId, sceneId), sceneVerdict(index, runId, sceneId)),
        ),
      )
    },
  }
}

const entry = (key: string, estimate: Estimate | undefined): readonly (readonly [string, Estimate])[] =>
  estimate ? [[key, estimate]] : []

function runVerdict(index: CohortIndex, runId: string): Estimate | undefined {
  const place = index.placeOf(runId)
  if (place === undefined) return undefined
  const baseline = index.likeBefore(place, BASELINE)
  return durationEvidence(index.timedAt(place), baseline.map(index.timedAt), 'baseline')?.estimate
}

function sceneVerdict(index: CohortIndex, runId: string, sceneId: string): Estimate | undefined {
  const place = index.placeOf(runId)
  const scene =
    place === undefined ? undefined : index.timedAt(place).find((each) => each.sceneId === sceneId)
  if (place === undefined || !scene) return undefined
  const earlier = index
    .timedBefore(place, scene.cohort, BASELINE)
    .flatMap((each) => index.timedAt(each))
    .filter(({ cohort }) => cohort === scene.cohort)
    .map(({ duration }) => duration)
  return sceneEstimate(scene.duration, earlier)
}
