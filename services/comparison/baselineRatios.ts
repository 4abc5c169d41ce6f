import type { Cohort } from './cohortOf'

/** A scene whose duration counts (`isTimed`). */
export interface TimedScene {
  readonly cohort: Cohort
  /** ms, above 0. */
  readonly duration: number
}

/** A run against the scenes of its baseline. */
export interface BaselineRatios {
  /** The geometric mean, over its scenes, of duration ÷ median of the baseline's scenes of their cohort. */
  readonly ratio: number
  /** The mean of duration − that median, ms. */
  readonly delta: number
  /** The ratio of each run of the baseline to the others; a run without a scene like theirs has none. */
  readonly others: readonly number[]
  /** The scenes and cohorts that it rests on. */
  readonly scenes: number
  readonly cohorts: number
}

/** Absent where no scene is of a cohort of the baseline. */
export function baselineRatios(
  current: readonly TimedScene[],
  baseline: readonly (readonly TimedScene[])[],
): BaselineRatios | undefined {
  const cohorts = sortByCohort(baseline)
  const known = current.flatMap((scene) => {
    const usual = medianOf(cohorts.get(scene.cohort))
    return usual === undefined ? [] : [{ ...scene, usual }]
  })
  if (known.length === 0) return undefined
  return {
    ratio: geometricMean(known.map(({ duration, usual }) => duration / usual)),
    delta: mean(known.map(({ duration, usual }) => duration - usual)),
    others: baseline.flatMap((scenes, run) => ratioToOthers(scenes, run, cohorts) ?? []),
    scenes: known.length,
    cohorts: new Set(known.map(({ cohort }) => cohort)).size,
  }
}

/** Durations of one cohort, ascending, and at which places those of each run stand. */
interface SortedCohort {
  readonly durations: readonly number[]
  readonly places: ReadonlyMap<number, readonly number[]>
}

function sortByCohort(runs: readonly (readonly TimedScene[])[]): ReadonlyMap<Cohort, SortedCohort> {
  const gathered = new Map<Cohort, { duration: number; run: number }[]>()
  runs.forEach((scenes, run) => {
    for (const { cohort, duration } of scenes) {
      const entries = gathered.get(cohort)
      if (entries) entries.push({ duration, run })
      else gathered.set(cohort, [{ duration, run }])
    }
  })
  return new Map([...gathered].map(([cohort, entries]) => [cohort, sortCohort(entries)]))
}

function sortCohort(entries: { duration: number; run: number }[]): SortedCohort {
  const places = new Map<number, number[]>()
  entries.sort((a, b) => a.duration - b.duration)
  entries.forEach(({ run }, place) => {
    const known = places.get(run)
    if (known) known.push(place)
    else places.set(run, [place])
  })
  return { durations: entries.map(({ duration }) => duration), places }
}

function ratioToOthers(
  scenes: readonly TimedScene[],
  run: number,
  cohorts: ReadonlyMap<Cohort, SortedCohort>,
): number | undefined {
  const ratios = scenes.flatMap(({ cohort, duration }) => {
    const usual = medianOf(cohorts.get(cohort), run)
    return usual === undefined ? [] : duration / usual
  })
  return ratios.length === 0 ? undefined : geometricMean(ratios)
}

/** Of a cohort, or of what one run leaves of it. */
function medianOf(cohort: SortedCohort | undefined, without?: number): number | undefined {
  if (!cohort) return undefined
  const left = (without === undefined ? undefined : cohort.places.get(without)) ?? []
  const middle = (cohort.durations.length - left.length - 1) / 2
  const lower = cohort.durations[placeAmongRest(Math.floor(middle), left)]
  const upper = cohort.durations[placeAmongRest(Math.ceil(middle), left)]
  return middle < 0 || lower === undefined || upper === undefined ? undefined : (lower + upper) / 2
}

/** Where the k-th stands that is at none of these places, which ascend. */
function placeAmongRest(k: number, places: readonly number[]): number {
  let place = k
  for (const taken of places) if (taken <= place) place++
  return place
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const geometricMean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)))
