import { unwrap, type IDBPDatabase } from 'idb'
import { summaryOf } from '../../../services/comparison/aggregates'
import { sceneTime } from '../../../services/history/schema'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { HistoricalRun, RunHistory } from '../../../types'
import { bareSave } from '../../reference/bareSave'
import { plainPuts, type Puts } from '../../reference/plainPuts'
import type { Pair } from './pair'

const IMPORTED = 10_000
const BATCH = 512
/** What the references write is taken out again; no other run has such an id. */
const PLAIN = 'plain-'
/** After something is deleted the browser clears up behind it; a save in between would wait for that too. */
const SETTLE_MS = 100
/** Before every other run, so that retention finds them. */
const LONG_AGO = Date.UTC(2010, 0, 1)

const later = generateRuns(10_000, 8)
let count = 0

/** Row H8: one finished run of 4 scenes. Either is first in every other turn: the first finds the machine cold. */
export async function saveOne(history: RunHistory, db: IDBPDatabase, turn: number): Promise<Pair> {
  await forgetPlain(db)
  await new Promise((done) => setTimeout(done, SETTLE_MS))
  const run = { ...next(), runId: `later-${crypto.randomUUID()}`, timestamp: Date.now() }
  const puts = [...putsOf({ ...next(), runId: PLAIN }), ['meta', { key: 'bench', value: count++ }] as const]
  const save = () => timed(() => history.saveRun(run))
  const bare = () => timed(() => bareSave(unwrap(db), puts))
  const [first, second] = turn % 2 === 0 ? [await save(), await bare()] : [await bare(), await save()]
  return turn % 2 === 0 ? { ours: first, plain: second } : { ours: second, plain: first }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Row H5: 10,000 runs that are new. */
export async function importMany(history: RunHistory, db: IDBPDatabase): Promise<Pair> {
  const runs = [...generateRuns(IMPORTED, 5, { lastAt: LONG_AGO })]
  const puts = runs.flatMap((run) => putsOf({ ...run, runId: `${PLAIN}${run.runId}` }))
  const before = (await history.storage()).runs
  const started = performance.now()
  await history.saveRuns(runs)
  const between = performance.now()
  await plainPuts(db, batchesOf(puts, 5 * BATCH))
  const ended = performance.now()
  await forgetPlain(db)
  await history.retention({ maxRuns: before, keepTagged: false })
  return { ours: between - started, plain: ended - between }
}

function next(): HistoricalRun {
  const { value } = later.next()
  if (!value) throw new Error('There are no runs left to save.')
  return value
}

/** The records that a run is stored as. */
function putsOf(run: HistoricalRun): Puts {
  const { scenes, ...head } = run
  return [
    ['runs', { ...head, ...summaryOf(scenes), chunk: 0 }],
    ...scenes.map(
      (scene) => ['scenes', { ...scene, runId: run.runId, timestamp: sceneTime(run, scene) }] as const,
    ),
  ]
}

function* batchesOf(puts: Puts, size: number): Generator<Puts> {
  for (let from = 0; from < puts.length; from += size) yield puts.slice(from, from + size)
}

async function forgetPlain(db: IDBPDatabase): Promise<void> {
  const tx = db.transaction(['runs', 'scenes'], 'readwrite')
  void tx.objectStore('runs').delete(IDBKeyRange.bound(PLAIN, `${PLAIN}\uffff`))
  void tx.objectStore('scenes').delete(IDBKeyRange.bound([PLAIN], [`${PLAIN}\uffff`]))
  await tx.done
}
