import type { HistoricalRun } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { DRAFT_SOURCE } from '../shared/draftSource'
import { draftRunSchema } from '../wire/draftRun'
import { parseWith } from '../wire/parse'
import { withDraftDatabase } from './openDraft'

const PAGE = 500
/** The draft's poller writes at most what a server's history holds, at every page load. */
const MAX_RUNS = 100_000

/**
 * The runs of the host's draft database (docs/files.md, "The host's draft"), without scenes, status and figures, which are
 * placeholders there. None where there is no such database, or where the browser can't say whether there is. Records that are no
 * runs are passed over. Never writes or upgrades that database, and has closed it when it answers; never rejects.
 */
export async function readDraft(factory: IDBFactory): Promise<readonly HistoricalRun[]> {
  try {
    return (await withDraftDatabase(factory, readRuns)) ?? []
  } catch {
    return [] // somebody else's database that can't be read is as one that isn't there
  }
}

async function readRuns(db: IDBDatabase): Promise<readonly HistoricalRun[]> {
  const runs: HistoricalRun[] = []
  let after: IDBValidKey | undefined
  for (;;) {
    const { records, last } = await readPage(db, after)
    runs.push(...records.flatMap((record) => runOf(record) ?? []))
    if (last === undefined || records.length < PAGE || runs.length >= MAX_RUNS) return runs
    after = last
  }
}

/** A page by key, so that a draft of any size is never in memory whole: its records carry scenes that are not wanted. */
function readPage(
  db: IDBDatabase,
  after: IDBValidKey | undefined,
): Promise<{ readonly records: readonly unknown[]; readonly last: IDBValidKey | undefined }> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction('runs', 'readonly')
    const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true)
    const store = transaction.objectStore('runs')
    const records = store.getAll(range, PAGE)
    const keys = store.getAllKeys(range, PAGE)
    transaction.oncomplete = () => resolve({ records: records.result, last: keys.result.at(-1) })
    transaction.onabort = () => reject(transaction.error ?? new Error('The draft could not be read.'))
  })
}

function runOf(record: unknown): HistoricalRun | undefined {
  const read = parseWith(draftRunSchema, record)
  if (!read.ok) return undefined
  const { runId, timestamp, storyId, storyTitle, notes } = read.value
  return {
    runId,
    timestamp,
    scenes: [],
    fallbackCount: 0,
    source: DRAFT_SOURCE,
    ...definedMembers({ runName: storyTitle, storyId, notes }),
  }
}
