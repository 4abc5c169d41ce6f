import type { GpuTrace, HistoricalRun } from '../../types'
import type { Lease } from './createLease'
import type { RecordBatch, RecorderStore } from './recorderStore'
import { readKnownPrompts } from './readKnownPrompts'
import { asHistoryError, historyError } from './historyError'
import { eraseRun, mergeIntoStored, readRecord, type RunWriter } from './runRecords'
import type { StoredTrace } from './schema'
import type { Storage } from './storage'
import type { WriteRuns } from './createRunWrites'

export function createRecorderStore(
  storage: Storage,
  lease: Lease,
  writeRuns: WriteRuns,
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
        const runs = (await tx.getRunning()).filter((run) => run.source === source)
        const running = []
        for (const { runId } of runs) running.push((await readRecord(tx, runId))?.run)
        return { open, running: running.flatMap((run) => run ?? []), ...(record ? { source: record } : {}) }
      }),
    knownPrompts: (source, query) =>
      storage.read(['open', 'scenes'], (tx) => readKnownPrompts(tx, source, query)),
    async commit(batch) {
      try {
        await writeRuns(STORES, async (writer) => {
          if (!(await lease.isOurs(writer.tx))) throw historyError('standby')
          await writeBatch(writer, batch)
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

const STORES = ['open', 'sources', 'samples'] as const

async function writeBatch(writer: RunWriter, batch: RecordBatch): Promise<void> {
  const { tx } = writer
  const { source, runs, opened, closed, emptied, traces } = batch
  for (const runId of emptied) {
    const record = await readRecord(tx, runId)
    if (record?.run.scenes.length === 0) eraseRun(writer, record)
  }
  for (const run of runs) await mergeIntoStored(writer, run, (merged) => asTold(merged, run))
  for (const prompt of opened) tx.put('open', prompt)
  for (const promptId of closed) tx.delete('open', [source.id, promptId])
  for (const trace of traces) if (isOfPrompt(trace)) tx.put('samples', trace)
  tx.put('sources', { ...(await tx.get('sources', source.id)), ...source })
}

/** The recorder has seen all of its own runs: whether one goes on is its word, not a matter of merging. */
function asTold(merged: HistoricalRun, { status, endedAt, told }: HistoricalRun): HistoricalRun {
  const { endedAt: _, told: __, ...head } = merged
  return {
    ...head,
    ...(status ? { status } : {}),
    ...(endedAt ? { endedAt } : {}),
    ...(told ? { told } : {}),
  }
}

const isOfPrompt = (trace: GpuTrace): trace is StoredTrace => trace.promptId !== undefined
