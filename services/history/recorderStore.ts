import type {
  GpuTrace,
  HistoricalRun,
  LiveState,
  ReadableStore,
  RealtimeTelemetryUpdate,
  SceneKey,
} from '../../types'

/** Where a source's stream was read up to; stored in the same transaction as what it covers. */
export interface Cursor {
  readonly epoch: string
  readonly seq: number
}
/** One ComfyUI server as the history knows it. */
export interface SourceRecord {
  readonly id: string
  readonly url: string
  readonly label?: string
  readonly cursor?: Cursor
  /** ms, as in ServerIdentity. */
  readonly clockOffset?: number
}
/** A prompt that isn't terminal: all that was told of it so far, its updates laid over each other. */
export interface OpenPrompt {
  readonly source: string
  readonly promptId: string
  readonly queuedAt?: number
  readonly startedAt?: number
  readonly update: RealtimeTelemetryUpdate
}
/** What the recorder learned since its last commit. One transaction writes all of it or none. */
export interface RecordBatch {
  readonly source: SourceRecord
  /** Merged into what is stored: only the scenes and attempts that are new need be there. */
  readonly runs: readonly HistoricalRun[]
  readonly opened: readonly OpenPrompt[]
  /** Prompt ids of this source that are no longer open. */
  readonly closed: readonly string[]
  /** Runs that lost their only prompt to another: gone, if nothing ended under them. */
  readonly emptied: readonly string[]
  readonly traces: readonly GpuTrace[]
}
/** What a recorder takes up again after a reload or a takeover. */
export interface RecorderMemory {
  readonly source?: SourceRecord
  readonly open: readonly OpenPrompt[]
  /** Runs of this source whose status is `running`, and those of which a prompt is open though silence ended them. */
  readonly running: readonly HistoricalRun[]
}
/** Which prompts of a server without a journal are in the history already. */
export interface KnownPrompts {
  readonly open: readonly OpenPrompt[]
  /** That ended since the time that was asked for. */
  readonly ended: ReadonlySet<string>
  /** How often each scene that was asked for was queued so far; those without any are left out. By SceneKey. */
  readonly attempts: ReadonlyMap<SceneKey, number>
}
/** Which prompts are asked for: ended since a time, and the attempts of these scenes. */
export interface KnownPromptsQuery {
  /** By the server's clock, epoch ms. */
  readonly since: number
  readonly scenes: readonly { readonly runId: string; readonly sceneId: string }[]
}
/** Of a server that is recorded, as far as it tells whether that is heard. */
export interface WatchedStream {
  getSnapshot(): Pick<LiveState, 'connection' | 'server'>
}
/**
 * The recorder's way into the history. Who holds the lease may commit; taking it over raises its number, and a
 * commit of a former holder changes nothing.
 */
export interface RecorderStore {
  /** Begins to try for the lease, and to renew it; `stop` gives it back. Both may be called again. */
  start(): void
  stop(): Promise<void>
  /** `held` while this recorder may write. */
  readonly lease: ReadableStore<'held' | 'standby' | 'stopped'>
  /** Of the servers that this tab records, each put there by its recorder and taken out again. */
  readonly streams: Set<WatchedStream>
  load(source: string): Promise<RecorderMemory>
  knownPrompts(source: string, query: KnownPromptsQuery): Promise<KnownPrompts>
  /** 'standby': not the holder (any more); nothing was written. Rejects with a HistoryError (its `code` says why). */
  commit(batch: RecordBatch): Promise<'committed' | 'standby'>
}
