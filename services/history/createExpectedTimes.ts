import type { AttemptRecord, ExpectedTime, HistoricalSceneMetrics, RunEnvironment } from '../../types'
import { cohortKey, isWholeTime } from '../comparison/cohortOf'
import { quantile } from '../statistics/quantile'
import type { StoredScene } from './schema'
import type { Storage, StorageTransaction } from './storage'

/** What scenes of one kind usually take, from the newest successful ones that took nothing from cache. */
export interface ExpectedTimes {
  of(environment: RunEnvironment, cold: boolean): Promise<ExpectedTime | undefined>
  /** New attempts were saved. */
  add(attempts: readonly AttemptRecord[]): void
  /** What is known may be wrong by now; it is read again when it is asked for. */
  forget(): void
}

/** So many of the newest scenes are looked at, and so many of one kind counted. */
const READ = 5_000
const COUNTED = 50

/** Reads the newest scenes with the first question, and keeps their durations. */
export function createExpectedTimes(storage: Storage): ExpectedTimes {
  let known: Promise<Map<string, number[]>> | undefined
  const read = async (): Promise<Map<string, number[]>> => {
    const scenes = await storage.read(['scenes', 'runs'], newestScenes)
    const durations = new Map<string, number[]>()
    for (const scene of scenes) note(durations, scene)
    return durations
  }
  const begin = (): Promise<Map<string, number[]>> => {
    const reading = read()
    // What could not be read is asked for again.
    reading.catch(() => (known = known === reading ? undefined : known))
    return reading
  }
  return {
    async of(environment, cold) {
      const durations = (await (known ??= begin())).get(cohortKey({ ...environment, cold })) ?? []
      const median = quantile(durations, 0.5)
      return median === undefined ? undefined : { median, n: durations.length }
    },
    add: (attempts) =>
      void known?.then(
        (durations) => attempts.forEach((attempt) => note(durations, attempt)),
        () => undefined,
      ),
    forget: () => (known = undefined),
  }
}

/** The newest scenes, oldest first, without those of runs that are deleted. */
async function newestScenes(tx: StorageTransaction): Promise<readonly StoredScene[]> {
  const scenes = await tx.getNewest('scenes', READ)
  const runIds = [...new Set(scenes.map(({ runId }) => runId))]
  const runs = await Promise.all(runIds.map((runId) => tx.get('runs', runId)))
  const deleted = new Set(runs.flatMap((run) => (run?.deletion ? run.runId : [])))
  return scenes.filter(({ runId }) => !deleted.has(runId)).reverse()
}

function note(durations: Map<string, number[]>, scene: HistoricalSceneMetrics | AttemptRecord): void {
  const { duration, environment, cached, cold, exitReason } = scene
  if (duration === undefined || !environment || exitReason !== 'success') return
  if (!isWholeTime(duration, cached)) return
  const key = cohortKey({ ...environment, cold })
  durations.set(key, [...(durations.get(key) ?? []), duration].slice(-COUNTED))
}
