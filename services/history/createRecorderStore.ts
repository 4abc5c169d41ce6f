import type { GpuTrace } from '../../types'
import type { Lease } from './createLease'
import type { RecordBatch, RecorderStore } from './recorderStore'
import { readKnownPrompts } from './readKnownPrompts'
import { mergeIntoStored, readRun, writeRun } from './runRecords'
import type { StoredTrace } from './schema'
import type { Storage, StorageTransaction } from './storage'

/** `raise` marks the transaction's writes as a new revision. */
export function createRecorderStore(
  storage: Storage,
  lease: Lease,
  raise: (tx: StorageTransaction) => Promise<void>,
  onCommit: (batch: RecordBatch) => void,
): RecorderStore {
  return {
    start: lease.start,
    stop: lease.stop,
    lease: lease.state,
    load: (source) =>
      storage.read(['sources', 'open', 'runs', 'scenes'], async (tx) => {
        const record = await tx.get('sources', source)
        const open = await tx.getAllOf('open', source)
        const runs = (await tx.getAll('runs')).filter(
          (run) => run.status === 'running' && run.source === source,
        )
        const running = []
        for (const { runId } of runs) running.push(await readRun(tx, runId))
        return { open, running: running.flatMap((run) => run ?? []), ...(record ? { source: record } : {}) }
      }),
    knownPrompts: (source, query) =>
      storage.read(['open', 'scenes'], (tx) => readKnownPrompts(tx, source, query)),
    async commit(batch) {
      const outcome = await storage.write(STORES, async (tx) => {
        if (!(await lease.isOurs(tx))) return 'standby'
        await writeBatch(tx, batch)
        await raise(tx)
        return 'committed'
      })
      if (outcome === 'standby') lease.lose()
      else onCommit(batch)
      return outcome
    },
  }
}

const STORES = ['runs', 'scenes', 'open', 'sources', 'samples', 'meta'] as const

async function writeBatch(tx: StorageTransaction, batch: RecordBatch): Promise<void> {
  const { source, runs, opened, closed, emptied, traces } = batch
  for (const runId of emptied) if ((await readRun(tx, runId))?.scenes.length === 0) tx.delete('runs', runId)
  for (const run of runs) {
    const merged = await mergeIntoStored(tx, run)
    // The recorder has seen all of its own runs: whether one goes on is its word, not a matter of merging.
    const { endedAt: _, told: __, ...head } = merged
    const told = {
      ...(run.status ? { status: run.status } : {}),
      ...(run.endedAt ? { endedAt: run.endedAt } : {}),
      ...(run.told ? { told: run.told } : {}),
    }
    writeRun(tx, { ...head, ...told }, merged)
  }
  for (const prompt of opened) tx.put('open', prompt)
  for (const promptId of closed) tx.delete('open', [source.id, promptId])
  for (const trace of traces) if (isOfPrompt(trace)) tx.put('samples', trace)
  tx.put('sources', { ...(await tx.get('sources', source.id)), ...source })
}

const isOfPrompt = (trace: GpuTrace): trace is StoredTrace => trace.promptId !== undefined
