import type { GpuSummary, GpuTrace, HistoricalRun, RealtimeTelemetryUpdate } from '../../types'
import type { RecordBatch, RecorderMemory } from '../history/recorderStore'
import type { JournalBatch } from '../realtime/journalBatch'
import type { RealtimeStream } from '../realtimeTelemetryService'
import { createLedger } from './createLedger'
import { fetchTraces } from './fetchTraces'
import { SILENCE_MS } from './runEnd'
import type { SampleLog } from './sampleLog'

/** Keeps the books of one source, and makes of them what is to be written. */
export interface Scribe {
  /** `batch` is what they changed, absent when nothing did; `checkAt` when to look again, by the server's clock. */
  enter(batches: readonly JournalBatch[]): Promise<{ readonly batch?: RecordBatch; readonly checkAt: number }>
}
/** What a scribe reads besides the journal. */
export interface ScribeWorld {
  readonly stream: Pick<RealtimeStream, 'getSnapshot'>
  readonly samples: Pick<SampleLog, 'take'>
  readonly getRun: (runId: string) => Promise<HistoricalRun | undefined>
  /** The server's HTTP base, absolute. */
  readonly base: string
  /** The server's name at the moment. */
  readonly label: () => string
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Ends what is being fetched. */
  readonly signal: AbortSignal
}

/** `memory` is what is stored of the source. */
export function createScribe(source: string, memory: RecorderMemory, world: ScribeWorld): Scribe {
  const { stream } = world
  const books = createLedger(source, memory)
  const clockOffset = (): number => stream.getSnapshot().server?.clockOffset ?? 0

  let heardAt = world.now()
  /** Who holds the lease ends, past these books, what was silent for long (watchSilence). */
  const hear = (batches: readonly JournalBatch[]): void => {
    if (!batches.some(({ cursor, entries }) => cursor !== undefined || entries.length > 0)) return
    if (world.now() - heardAt >= SILENCE_MS) books.tellOpen()
    heardAt = world.now()
  }

  const apply = async (batch: JournalBatch): Promise<void> => {
    for (const entry of batch.entries) {
      if (entry.kind === 'other-journal') {
        books.endAllExcept(new Set(entry.open), entry.at - clockOffset())
        continue
      }
      const message = entry.kind === 'run' ? entry.run : entry.update
      if (message.runId !== undefined && books.missing(message)) {
        const stored = await world.getRun(message.runId)
        if (stored) books.takeUp(stored)
      }
      if (entry.kind === 'run') books.applyRun(entry.run, entry.at)
      else books.apply(entry.update, heardOf(entry.update))
    }
  }

  const own = new Map<string, GpuTrace>()
  /** Where no node keeps the figures of a whole execution, the readings heard here stand in. */
  const heardOf = ({ status, promptId, gpu: told }: RealtimeTelemetryUpdate): GpuSummary | undefined => {
    const isEnd = status === 'completed' || status === 'failed'
    if (!isEnd || promptId === undefined) return undefined
    const { gpu, trace } = world.samples.take(promptId)
    if (trace && told === undefined) own.set(promptId, trace)
    return gpu
  }

  const tracesOf = async (promptIds: readonly string[]): Promise<readonly GpuTrace[]> => {
    const isNode = stream.getSnapshot().server?.epoch !== undefined
    const kept = isNode ? await fetchTraces(world.base, promptIds, world.fetch, world.signal) : []
    const known = new Set(kept.map(({ promptId }) => promptId))
    const heard = promptIds.flatMap((id) => (known.has(id) ? [] : (own.get(id) ?? [])))
    own.clear()
    return [...kept, ...heard]
  }

  const sourceRecord = (cursor: JournalBatch['cursor']): RecordBatch['source'] => {
    const { server } = stream.getSnapshot()
    return {
      id: source,
      url: world.base,
      label: world.label(),
      ...(cursor ? { cursor } : {}),
      ...(server ? { clockOffset: server.clockOffset } : {}),
    }
  }

  return {
    async enter(batches) {
      hear(batches)
      for (const batch of batches) await apply(batch)
      const checkAt = books.endRuns(world.now() - clockOffset())
      const changes = books.take()
      // A look at the runs' ends stands among the batches without one.
      const cursor = batches.findLast((batch) => batch.cursor !== undefined)?.cursor
      const isNews = changes.runs.length > 0 || batches.some(({ entries }) => entries.length > 0)
      if (!isNews) return { checkAt }
      const traces = await tracesOf(changes.closed)
      return { batch: { source: sourceRecord(cursor), ...changes, traces }, checkAt }
    },
  }
}
