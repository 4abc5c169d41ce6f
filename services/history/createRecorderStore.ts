import type { Lease } from './createLease'
import type { RecordBatch, RecorderStore } from './recorderStore'
import { loadPart } from '../shared/loadPart'
import { asHistoryError, historyError } from './historyError'
import { readRecord } from './readRecord'
import type { Storage } from './storage'
import type { RunBooks } from './createRunBooks'

/** Writes through `books` while the lease is held; `onCommit` is told of every batch that was written. */
export function createRecorderStore(
  storage: Storage,
  lease: Lease,
  books: () => Promise<Pick<RunBooks, 'commit'>>,
  onCommit: (batch: RecordBatch) => void,
): RecorderStore {
  // Fetched as soon as this tab records: in the middle of a run the network may be gone. `commit` asks again and tells.
  lease.state.subscribe(() => {
    if (lease.state.getSnapshot() === 'held') books().catch(() => undefined)
  })
  return {
    start: lease.start,
    stop: lease.stop,
    lease: lease.state,
    streams: new Set(),
    load: (source) =>
      storage.read(['sources', 'open', 'runs', 'scenes'], async (tx) => {
        const record = await tx.get('sources', source)
        const open = await tx.getAllOf('open', source)
        const runIds = new Set(open.map(({ update }) => update.runId ?? ''))
        for (const run of await tx.getRunning()) if (run.source === source) runIds.add(run.runId)
        const running = []
        for (const runId of runIds) running.push((await readRecord(tx, runId))?.run ?? [])
        return { open, running: running.flat(), ...(record ? { source: record } : {}) }
      }),
    async knownPrompts(source, query) {
      const { readKnownPrompts } = await loadPart(() => import('./readKnownPrompts'))
      return storage.read(['open', 'scenes'], (tx) => readKnownPrompts(tx, source, query))
    },
    async commit(batch) {
      const { commit } = await books()
      try {
        await commit(batch, async (tx) => {
          if (!(await lease.isOurs(tx))) throw historyError('standby')
        })
      } catch (error) {
        if (asHistoryError(error).code !== 'standby') throw error
        lease.lose()
        return 'standby'
      }
      onCommit(batch)
      return 'committed'
    },
  }
}
