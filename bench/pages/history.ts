// Row H8: saves runs into a large history. The driver calls `seed` once, then `save` and `bare` in turn.
import { normalizeRun } from '../../services/history/mergeRun'
import { summaryOf } from '../../services/history/aggregates'
import { openRunHistory } from '../../services/runHistoryService'
import { generateRuns } from '../../services/seed/generateRuns'
import { bareSave } from '../reference/bareSave'
import type { HistoricalRun } from '../../types'

/** What the row's driver calls; the answers are ms. */
export interface HistoryBench {
  seed(count: number): Promise<number>
  save(): Promise<number>
  bare(): Promise<number>
}

const DB = 'bench-history'
const CHUNK = 1_000
const history = await openRunHistory({ dbName: DB })
const db = await new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open(DB)
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error ?? new Error('no database'))
})
const later = generateRuns(1_000, 8)
let revision = 1_000_000

const bench: HistoryBench = {
  async seed(count) {
    let puts: (readonly [string, object])[] = []
    for (const run of generateRuns(count, 1)) {
      puts.push(...putsOf(run))
      if (puts.length < CHUNK * 5) continue
      await bareSave(db, puts)
      puts = []
    }
    await bareSave(db, [...puts, ['meta', { key: 'revision', value: revision }]])
    return (await history.storage()).runs
  },
  save: () => timed((run) => history.saveRun(run)),
  bare: () =>
    timed((run) => bareSave(db, [...putsOf(run), ['meta', { key: 'revision', value: (revision += 1) }]])),
}
Object.assign(globalThis, { bench })

async function timed(save: (run: HistoricalRun) => Promise<void>): Promise<number> {
  const { value } = later.next()
  const run = { ...value, runId: `later-${crypto.randomUUID()}` }
  const from = performance.now()
  await save(run)
  return performance.now() - from
}

/** The records that a run is stored as. */
function putsOf(run: HistoricalRun): readonly (readonly [string, object])[] {
  const { scenes, ...head } = normalizeRun(run)
  return [
    ['runs', { ...head, ...summaryOf(scenes) }],
    ...scenes.map(
      (scene) =>
        ['scenes', { ...scene, runId: run.runId, timestamp: scene.endedAt ?? run.timestamp }] as const,
    ),
  ]
}
