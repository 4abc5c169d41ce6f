import type { HistoricalRun, RunStatus } from '../../types'
import { readRecord, type RunRecord } from '../history/readRecord'
import type { OpenPrompt } from '../history/recorderStore'
import { writeRun, type RunWriter } from '../history/runRecords'
import type { StorageTransaction } from '../history/storage'
import { progressOf, unheardEnd, unwatchedEnd } from './runEnd'

/** When each source was last heard, epoch ms by this page's clock; those that never were are left out. */
export type Heard = ReadonlyMap<string, number>
interface SilentRun {
  readonly record: RunRecord
  readonly status: RunStatus
  readonly endedAt: number
}

/** What the transactions of both functions are over, besides what every write of runs is. */
export const SILENCE_STORES = ['runs', 'scenes', 'open', 'sources'] as const

/** The stored runs that go on by their record and have ended by their servers' silence, or because nobody here would hear an end. */
export async function silentRuns(
  tx: StorageTransaction,
  heard: Heard,
  now: number,
): Promise<readonly SilentRun[]> {
  const open = await tx.getAll('open')
  const silent: SilentRun[] = []
  for (const { runId, source } of await tx.getRunning()) {
    const told = source === undefined ? undefined : await tx.get('sources', source)
    const record = await readRecord(tx, runId)
    if (!record) continue
    const prompts = open.filter(({ update }) => update.runId === runId)
    const offset = told?.clockOffset ?? 0
    const progress = { ...progressOf(record.run), open: prompts.length }
    const end =
      told || prompts.length > 0
        ? unheardEnd(progress, lastHeard(record.run, prompts, heard) - offset, now - offset)
        : unwatchedEnd(progress, now)
    if (end.kind === 'ended') silent.push({ record, status: end.status, endedAt: end.endedAt })
  }
  return silent
}

/** Ends them. Their open prompts stay open: a server that comes back can still tell how they ended. */
export async function endSilentRuns(writer: RunWriter, heard: Heard, now: number): Promise<void> {
  for (const { record, status, endedAt } of await silentRuns(writer.tx, heard, now))
    writeRun(writer, { ...record.run, status, endedAt }, record)
}

/** A run may be on several servers: it is heard as long as one of them is. */
const lastHeard = ({ source = '' }: HistoricalRun, prompts: readonly OpenPrompt[], heard: Heard): number =>
  Math.max(...[source, ...prompts.map((prompt) => prompt.source)].map((id) => heard.get(id) ?? 0))
