import type { HistoricalRun } from '../../types'
import type { RecordBatch } from './recorderStore'
import { readRecord } from './readRecord'
import { eraseRun, mergeIntoStored, type RunWriter } from './runRecords'
import { isOfPrompt } from './schema'

/** Writes what a recorder learned, inside a transaction over `open`, `sources` and `samples` besides those of the runs. */
export async function writeBatch(writer: RunWriter, batch: RecordBatch): Promise<void> {
  const { tx } = writer
  const { source, runs, opened, closed, emptied, traces } = batch
  for (const runId of emptied) {
    const record = await readRecord(tx, runId)
    if (record?.run.scenes.length === 0) await eraseRun(writer, record)
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
