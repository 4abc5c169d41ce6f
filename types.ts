/**
 * The domain types: what hosts, services and components share. Types only, no imports, no runtime values.
 *
 * Units: milliseconds, bytes, utilisation in percent (0–100), rates as fractions (0–1), times as epoch milliseconds.
 * A value that isn't known is absent: never 0, never -1, never null, never NaN.
 */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }
/** An absolute time, or one relative to the moment of use (stays relative in presets and links). */
export type When = number | { readonly ago: number }

/* ── Live ─────────────────────────────────────────────────────────────────── */

export type ExitReason =
  | 'success'
  | 'error'
  | 'outOfMemory'
  | 'interrupted'
  | 'deleted'
  | 'serverRestart'
  | 'maxWait'
  | 'attemptLimit'
  | 'postExecution'
  | 'rejected'
  | 'unknown'

export interface ExecutionError {
  readonly type: string
  readonly message: string
  readonly nodeId?: string
  readonly nodeType?: string
}
export interface NodeTime {
  readonly nodeId: string
  readonly nodeType: string
  readonly ms: number
}
export interface GpuReading {
  readonly index: number
  readonly name?: string
  readonly vramFree?: number
  readonly vramTotal?: number
  readonly utilization?: number
  readonly temperature?: number
  readonly power?: number
}
/** Of one attempt's whole execution, by whoever sampled it: the node; without one, the recorder. */
export interface GpuSummary {
  readonly samples: number
  readonly vramFreeMean?: number
  readonly vramFreeMin?: number
  readonly utilizationMean?: number
  readonly utilizationMax?: number
  readonly powerMean?: number
}
/** At most 1,000 points; gaps are times with no reading. */
export interface GpuTrace {
  readonly source: string
  readonly promptId?: string
  readonly points: readonly { readonly at: number; readonly gpus: readonly GpuReading[] }[]
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
}
export interface OutputFile {
  readonly nodeId: string
  readonly filename: string
  readonly subfolder: string
  readonly type: string
}
/** What a prompt ran with: the parts of a cohort that can be read from its graph and server. */
export interface RunEnvironment {
  /** SHA-256 of the prompt's graph without its seeds, texts, files and models. */
  readonly workflowHash?: string
  readonly models?: readonly string[]
  readonly width?: number
  readonly height?: number
  readonly frames?: number
  readonly steps?: number
  readonly batch?: number
  readonly gpuName?: string
  readonly gpuDriver?: string
  readonly comfyVersion?: string
  readonly torchVersion?: string
}

/** What is told of a prompt; in the first block what every server tells, and below what a history needs besides. */
export interface RealtimeTelemetryUpdate {
  sceneId: string
  timestamp: number
  /** Since execution began; queue time not counted. */
  duration?: number
  /** Times this scene was queued so far. */
  attempts?: number
  gpuVramFree?: number
  gpuUtilization?: number
  status: 'queued' | 'executing' | 'completed' | 'failed'

  seq?: number
  source?: string
  runId?: string
  runName?: string
  storyId?: string
  promptId?: string
  attempt?: number
  attemptGiven?: number
  sceneCount?: number
  tags?: readonly string[]
  policy?: QueuePolicy
  queueWait?: number
  queueRemaining?: number
  gpuIndex?: number
  gpus?: readonly GpuReading[]
  progress?: {
    readonly value: number
    readonly max: number
    readonly nodeId?: string
    readonly nodeType?: string
  }
  /** Share of nodes served from cache, 0–1. */
  cached?: number
  /** First prompt since server start, since /free, or since the set of models changed. */
  cold?: boolean
  exitReason?: ExitReason
  error?: ExecutionError
  nodeTimes?: readonly NodeTime[]
  environment?: RunEnvironment
  /** Terminal messages: the whole execution's figures and files. */
  gpu?: GpuSummary
  outputs?: readonly OutputFile[]
}

export interface UseRealtimeTelemetryOptions {
  enabled?: boolean
  /** This hook re-renders at most once per bufferMs; the first update after quiet comes at once. Default 33. */
  bufferMs?: number
  /** Tries before giving up; default: never. The first hook that gives one sets it for the connection. */
  reconnectAttempts?: number
  /** Narrows to one scene; without runId, of the newest run. */
  runId?: string
  sceneId?: string
}

export type Connection =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | { readonly status: 'live'; readonly since: number }
  | { readonly status: 'stale'; readonly since: number }
  | { readonly status: 'reconnecting'; readonly attempt: number; readonly retryAt: number }
  | { readonly status: 'replaying'; readonly remaining: number }
  | { readonly status: 'fallback'; readonly kind: 'stock' | 'crystools'; readonly missing: readonly string[] }
  | { readonly status: 'static'; readonly loadedAt: number }
  | {
      readonly status: 'refused'
      readonly reason: 'origin' | 'upgrade' | 'protocol'
      readonly message: string
    }
  | { readonly status: 'closed' }

/** `${runId}\u0000${sceneId}` */
export type SceneKey = string

export interface RealtimeState {
  readonly connection: Connection
  readonly scenes: ReadonlyMap<SceneKey, RealtimeTelemetryUpdate>
  readonly gpus: readonly GpuReading[]
  readonly lastUpdate?: number
  readonly gaps: readonly { readonly from: number; readonly to: number; readonly lost: number | 'unknown' }[]
  readonly counters: {
    readonly received: number
    readonly applied: number
    readonly refused: number
    readonly replayed: number
    readonly lost: number
    readonly samplesDropped: number
  }
}

export interface RealtimeTelemetry {
  connect(): void
  disconnect(): void
  dispose(): void
  subscribe(listener: () => void): () => void
  /** The same reference until something changed. */
  getSnapshot(): RealtimeState
  /** Every lifecycle update once, in order; samples are not among them. */
  onLifecycle(listener: (updates: readonly RealtimeTelemetryUpdate[]) => void): () => void
}
export interface RealtimeTelemetryOptions {
  /** A server's base (http, or a path): probed, then `<base>/telemetry`. A `ws:`/`wss:` address: the stream itself, no probe. */
  url: string
  source?: string
  bufferMs?: number
  reconnectAttempts?: number
  intervalMs?: number
  backoffBaseMs?: number
  WebSocket?: typeof WebSocket
  fetch?: typeof fetch
  now?: () => number
}

/* ── Generating under a policy ────────────────────────────────────────────── */

export interface QueuePolicy {
  /** From the POST, queue time included. */
  readonly maxWaitSeconds: number
  /** Polls of the history; 0 = unbounded. */
  readonly maxAttempts: number
  readonly pollIntervalSeconds: number
  readonly postExecutionTimeoutSeconds: number
  readonly sceneRetryBudget: number
  /** Default 0. */
  readonly delayBetweenScenesSeconds: number
  /** Written to every node input named `batch_size`; 0 = as in the workflow. Default 0. */
  readonly batchSize: number
}
/** A ComfyUI workflow in API format. */
export type PromptGraph = Readonly<
  Record<string, { readonly class_type: string; readonly inputs: Readonly<Record<string, unknown>> }>
>
export interface GenerateRequest {
  readonly server?: string
  /** Scenes given to the server ahead of time; default 1. More go on without the tab. */
  readonly queueAhead?: number | 'all'
  readonly runName?: string
  readonly storyId?: string
  readonly tags?: readonly string[]
  readonly policy: QueuePolicy
  readonly scenes: readonly { readonly sceneId: string; readonly prompt: PromptGraph }[]
}
export interface GenerateHandle {
  readonly runId: string
  readonly finished: Promise<HistoricalRun>
  stop(): void
}
export interface GenerateProblem {
  readonly scene: number
  readonly nodeId?: string
  readonly input?: string
  readonly message: string
}
export interface ComfyUIService {
  probe(): Promise<Connection>
  validate(request: GenerateRequest): Promise<readonly GenerateProblem[]>
  generate(request: GenerateRequest): GenerateHandle
  retryFailed(runId: string): Promise<GenerateHandle>
  /** Runs whose tab went away before all scenes were queued. */
  unfinished(): Promise<
    readonly {
      readonly runId: string
      readonly runName?: string
      readonly done: number
      readonly of: number
      /** Scenes that the server was not given yet, or gets once more. */
      readonly toQueue?: number
      readonly pausedSince: number
    }[]
  >
  resume(runId: string): Promise<GenerateHandle>
  discard(runId: string): Promise<void>
  interrupt(promptId?: string): Promise<void>
  systemStats(): Promise<readonly GpuReading[]>
}
/** Through which a host's own queueing reports what it does. */
export interface HostReporter {
  beginRun(run: {
    runId: string
    runName?: string
    storyId?: string
    sceneCount?: number
    policy?: QueuePolicy
  }): void
  queued(scene: { runId: string; sceneId: string; promptId: string }): void
  outcome(scene: {
    promptId: string
    runId: string
    sceneId: string
    exitReason: 'maxWait' | 'attemptLimit' | 'postExecution' | 'rejected'
    error?: ExecutionError
  }): void
  endRun(runId: string, event: 'ended' | 'stopped'): void
}

/** Several ComfyUI servers at once. */
export interface ServerEntry {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly source?: string
  readonly simulated: boolean
  readonly connection: Connection
  readonly gpus: readonly GpuReading[]
  /** Given by how the page is served: it can be renamed, not removed. */
  readonly fixed?: boolean
  /** Whether its runs are being saved, by which tab, and if not, why. */
  readonly recording?: RecordingState
}
export interface Servers {
  add(server: { url: string; name?: string }): Promise<Result<ServerEntry, string>>
  rename(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
  reorder(ids: readonly string[]): Promise<void>
  /** The last 10 minutes at 1 s, kept in the worker: a page that was hidden or paused has no hole. */
  trace(id: string): GpuTrace
  subscribe(listener: () => void): () => void
  getSnapshot(): readonly ServerEntry[]
}

/* ── History ──────────────────────────────────────────────────────────────── */

export interface AttemptRecord {
  readonly attempt: number
  readonly attemptGiven?: number
  readonly source?: string
  readonly promptId?: string
  readonly queuedAt?: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly queueWait?: number
  readonly duration?: number
  readonly exitReason: ExitReason
  readonly error?: ExecutionError
  readonly nodeTimes?: readonly NodeTime[]
  readonly gpu?: GpuSummary
  readonly gpuName?: string
  readonly gpuIndex?: number
  readonly environment?: RunEnvironment
  readonly cached?: number
  readonly cold?: boolean
  /** The limit it ran under, ms. */
  readonly maxWait?: number
  readonly outputs?: readonly OutputFile[]
}
/** Roadmap fields first. `duration` is the last attempt's execution; `attempts` times queued; `gpuVramFree` the mean of its samples. */
export interface HistoricalSceneMetrics {
  sceneId: string
  duration?: number
  attempts: number
  gpuVramFree?: number
  status: 'success' | 'failed' | 'timeout' | 'skipped'
  exitReason?: ExitReason | (string & {})

  promptId?: string
  source?: string
  queuedAt?: number
  startedAt?: number
  endedAt?: number
  queueWait?: number
  gpuName?: string
  gpuIndex?: number
  environment?: RunEnvironment
  cached?: number
  cold?: boolean
  gpuVramFreeMin?: number
  gpuUtilizationMean?: number
  gpuUtilizationMax?: number
  gpuPowerMean?: number
  error?: ExecutionError
  nodeTimes?: readonly NodeTime[]
  attemptLog?: readonly AttemptRecord[]
  fallbackNotes?: readonly string[]
}
/**
 * Roadmap fields first. `averageDuration`: mean over successful scenes that took time and nothing from cache; `successRate`: success /
 * (success + failed + timeout); `gpuAverageFree`: mean of the scenes'; `fallbackCount`: scenes with fallback notes, an FLF2V
 * fallback, more than one attempt, or a post-execution timeout.
 */
export interface HistoricalRun {
  runId: string
  timestamp: number
  scenes: readonly HistoricalSceneMetrics[]
  averageDuration?: number
  successRate?: number
  gpuAverageFree?: number
  fallbackCount: number

  runName?: string
  storyId?: string
  endedAt?: number
  status?: RunStatus
  sceneCount?: number
  /** Where it came from: a server's id, 'artifact', 'import', 'gemdirect1-draft'. */
  source?: string
  policy?: QueuePolicy
  tags?: readonly string[]
  notes?: string
  /** Server's time of the newest message about it, as far as a stream told it. */
  lastAt?: number
  /** What the queuing side said of its end, if no prompt was queued since. */
  told?: RunTold
  /** When name, tags or notes were last edited by a person. */
  editedAt?: number
  /** Of name, tags and notes those whose own last edit is another time. */
  edits?: { runName?: number; tags?: number; notes?: number }
}
export interface RunTold {
  readonly event: 'stopped' | 'ended'
  readonly at: number
}
export type RunStatus = 'running' | 'completed' | 'failed' | 'interrupted'
/** A row of a list, read from the columns without touching the records. */
export type RunSummary = Omit<HistoricalRun, 'scenes' | 'notes' | 'policy'> & {
  readonly counts: Readonly<Record<HistoricalSceneMetrics['status'], number>>
  readonly gpuNames: readonly string[]
}

export type Verdict = 'better' | 'worse' | 'same' | 'cannot tell'
export interface Estimate {
  readonly value: number
  readonly low?: number
  readonly high?: number
  readonly n: number
  readonly p?: number
  readonly test: string
  readonly verdict: Verdict
  /** The weaker of the two words: "likely slower". */
  readonly likely?: boolean
  readonly moreRunsNeeded?: number
}
/** Percentage points for `successRateDelta`, percent for `gpuPerformanceDelta` (change of `gpuAverageFree`); absent when unknown. */
export interface DeltaMetrics {
  durationDelta?: number
  successRateDelta?: number
  gpuPerformanceDelta?: number
  /** absent: cannot tell */ trend?: 'improving' | 'degrading' | 'stable'
}
export interface RunComparison {
  current: HistoricalRun
  historical: readonly HistoricalRun[]
  deltas: DeltaMetrics
  evidence: {
    readonly duration?: Estimate
    readonly successRate?: Estimate
    readonly gpu?: Estimate
    readonly excludedScenes: number
    readonly cohorts: number
  }
}
export interface Summary {
  readonly n: number
  readonly avg?: number
  readonly min?: number
  readonly max?: number
  /** sample (n − 1) */ readonly stdDev?: number
  readonly p50?: number
  readonly p95?: number
}
export type Metric = 'duration' | 'successRate' | 'gpuVramFree' | 'gpuUtilization' | 'attempts' | 'queueWait'
export interface HistoryStatistics {
  readonly runs: number
  readonly scenes: number
  readonly byMetric: Readonly<Record<Metric, Summary>>
  readonly excludedCached: number
}
export interface ChangePoint {
  readonly runId: string
  readonly timestamp: number
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly p: number
  readonly differs: readonly string[]
}
export interface Trend {
  readonly metric: Metric
  readonly points: readonly {
    readonly runId: string
    readonly timestamp: number
    readonly value: number
    readonly n: number
  }[]
  readonly changePoints: readonly ChangePoint[]
  readonly verdict: Verdict
  readonly n: number
}
export interface RunQuery {
  readonly filter?: TelemetryFilter
  readonly sort?: {
    readonly by:
      | 'timestamp'
      | 'runName'
      | 'storyId'
      | 'status'
      | 'averageDuration'
      | 'successRate'
      | 'gpuAverageFree'
      | 'fallbackCount'
      | 'scenes'
      /** `desc`: what has the filter's free words best comes first, else the newest. */
      | 'relevance'
    readonly direction: 'asc' | 'desc'
  }
  readonly offset?: number
  readonly limit?: number
  readonly signal?: AbortSignal
  /** `RunPage.asOf` of an earlier answer: runs that came since are counted as `waiting` and move nothing. */
  readonly asOf?: number
}
/** One page of a query. */
export interface RunPage {
  readonly runs: readonly RunSummary[]
  /** Runs that match. */
  readonly total: number
  /** Where the history stood; given as `RunQuery.asOf` it holds the list still. */
  readonly asOf: number
  /** Matching runs that came after the `asOf` of the query. */
  readonly waiting: number
}
/** What became of a change of tags: `restore` takes the token. */
export interface Retagging {
  readonly token: string
  readonly count: number
  /** A sentence for each run that would have too many tags, and was left as it is. */
  readonly refused?: readonly string[]
}
/** A deletion that can be taken back until a time: of the runs that are deleted by it still. */
export interface RecentDeletion {
  /** What `restore` takes. */
  readonly token: string
  readonly deletedAt: number
  readonly until: number
  readonly runs: number
  /** Of the newest run that has a name; absent where none has. */
  readonly firstName?: string
}
export interface RecentDeletions {
  /** Newest first. */
  readonly newest: readonly RecentDeletion[]
  /** How many more there are. */
  readonly older: number
}
export interface ImportProblem {
  readonly line?: number
  readonly path?: string
  readonly reason: string
}
/** What becomes of a run that the history has in other words. */
export type OnConflict = 'keep' | 'replace' | 'merge'
export interface ImportReport {
  readonly added: number
  readonly same: number
  readonly merged: number
  readonly conflicting: number
  readonly invalid: readonly ImportProblem[]
  /** Runs of which merging left something out, for a run may hold no more; absent where there are none. */
  readonly leftOut?: readonly ImportProblem[]
  readonly dryRun: boolean
}
export interface StorageReport {
  readonly mode: 'indexeddb' | 'memory'
  readonly origin: string
  readonly runs: number
  readonly usage?: number
  readonly quota?: number
  readonly persisted: boolean | 'unknown'
  readonly reason?: string
  /** Holds simulated runs, which never mix with real ones. */
  readonly simulated?: boolean
}
export interface RetentionRules {
  readonly maxAgeDays?: number
  readonly maxRuns?: number
  readonly maxBytes?: number
  readonly keepTagged: boolean
}

export interface RateEstimate {
  readonly count: number
  readonly of: number
  readonly low: number
  readonly high: number
}
export interface RunGroup {
  readonly key: string
  readonly label: string
  readonly runs: number
  readonly scenes: number
  readonly success: RateEstimate
  readonly timeout: RateEstimate
  readonly p95?: { readonly value: number; readonly low?: number; readonly high?: number }
}
export interface Match {
  readonly runId: string
  readonly scenes: readonly string[]
  readonly hits: readonly {
    readonly sceneId?: string
    readonly field: string
    readonly ranges: readonly (readonly [number, number])[]
  }[]
}

export interface RunHistory {
  saveRun(run: HistoricalRun): Promise<void>
  saveRuns(
    runs: Iterable<HistoricalRun>,
    options?: {
      onConflict?: OnConflict
      onProgress?: (done: number) => void
      signal?: AbortSignal
    },
  ): Promise<ImportReport>
  saveScene(runId: string, scene: HistoricalSceneMetrics): Promise<void>
  /** GPU traces of attempts, over those that are there; one without a promptId is left out. */
  saveTraces(traces: readonly GpuTrace[]): Promise<void>
  getRun(runId: string): Promise<HistoricalRun | undefined>
  getRuns(runIds: readonly string[]): Promise<readonly HistoricalRun[]>
  queryRuns(query?: RunQuery): Promise<RunPage>
  /** The ids of all that match, in the query's order; `offset` and `limit` are heeded. */
  runIds(query?: RunQuery): Promise<readonly string[]>
  /** One chart's series, thinned to what a chart can show. */
  chart<K extends TelemetryChart['kind']>(request: ChartRequest<K>): Promise<TelemetryChartOf<K>>
  /** With `asOf` (`RunPage.asOf`): without the runs that came since. */
  statistics(filter?: TelemetryFilter, asOf?: number): Promise<HistoryStatistics>
  trend(metric: Metric, filter?: TelemetryFilter, asOf?: number): Promise<Trend>
  /** Earlier runs that share a cohort with it, newest first. */
  baseline(runId: string, options?: { size?: number }): Promise<readonly HistoricalRun[]>
  compare(
    runId: string,
    options?: { against?: readonly string[]; signal?: AbortSignal },
  ): Promise<RunComparison>
  traces(
    attempts: readonly { readonly source: string; readonly promptId: string }[],
  ): Promise<readonly GpuTrace[]>
  groups(
    by: 'policy' | 'gpuName' | 'workflow' | 'model' | 'day',
    filter?: TelemetryFilter,
  ): Promise<readonly RunGroup[]>
  /** Each run's duration against its baseline, as `compare` tells it; runs without one are left out. */
  verdicts(runIds: readonly string[]): Promise<ReadonlyMap<string, Estimate>>
  /** One call for a whole timeline. */
  sceneTrends(
    scenes: readonly { readonly runId: string; readonly sceneId: string }[],
  ): Promise<ReadonlyMap<SceneKey, Estimate>>
  facets(filter?: TelemetryFilter, signal?: AbortSignal): Promise<Facets>
  matches(runIds: readonly string[], filter: TelemetryFilter): Promise<readonly Match[]>
  tags(): Promise<readonly { readonly tag: string; readonly count: number }[]>
  /** To a name that exists: merges. */
  renameTag(from: string, to: string): Promise<Retagging>
  /** Saved searches, in no order. */
  presets(): Promise<readonly FilterPreset[]>
  /** Removes, then saves, in one transaction. */
  changePresets(change: {
    readonly put?: readonly FilterPreset[]
    readonly remove?: readonly string[]
  }): Promise<void>
  deleteEverything(): Promise<void>
  readonly maintenance: {
    subscribe(listener: () => void): () => void
    getSnapshot(): { readonly task: 'migrate' | 'rebuild'; readonly share: number } | null
  }
  annotate(
    runId: string,
    change: { runName?: string; tags?: readonly string[]; notes?: string },
  ): Promise<void>
  /** Adds and removes tags of many runs; `restore` takes back just that, whatever was changed since. */
  tagRuns(
    runIds: readonly string[],
    change: { add?: readonly string[]; remove?: readonly string[] },
  ): Promise<Retagging>
  /** Hidden at once, gone after 7 days; `restore` brings them back whole. With the token of an earlier call they are of its deletion. */
  deleteRuns(
    runIds: readonly string[],
    options?: { token?: string },
  ): Promise<{ readonly token: string; readonly count: number }>
  /** What `restore` can bring back still. */
  deletions(): Promise<RecentDeletions>
  /** With a `limit` at most so many deleted runs: fewer than that come back when there are no more. */
  restore(token: string, options?: { limit?: number }): Promise<number>
  storage(): Promise<StorageReport>
  retention(
    rules: RetentionRules,
    /** `among`: none but these, whatever else the rules take by now. */
    options?: { dryRun?: boolean; among?: readonly string[] },
  ): Promise<{ readonly runIds: readonly string[]; readonly bytes: number }>
  subscribe(listener: () => void): () => void
  getSnapshot(): { readonly revision: number }
  close(): void
}

/* ── Filter ───────────────────────────────────────────────────────────────── */

export type SceneField =
  | 'status'
  | 'reason'
  | 'gpu'
  | 'duration'
  | 'attempts'
  | 'scene'
  | 'error'
  | 'vram'
  | 'cached'
  | 'workflow'
  | 'model'
  | 'size'
  | 'steps'
  | 'node'
  | 'cold'
export type RunField = 'run' | 'name' | 'story' | 'tag' | 'source' | 'date' | 'success' | 'policy' | 'text'
export type FilterExpression =
  | { readonly and: readonly FilterExpression[] }
  | { readonly or: readonly FilterExpression[] }
  | { readonly not: FilterExpression }
  | {
      readonly field: SceneField | RunField
      readonly op: 'is' | 'glob' | 'contains' | 'regex'
      readonly value: string
    }
  | { readonly field: SceneField | RunField; readonly min?: number; readonly max?: number }
  | { readonly field: 'date'; readonly after?: When; readonly before?: When }
/** All that is given must hold; an empty list is as absent. */
export interface TelemetryFilter {
  readonly dateRange?: { readonly from?: When; readonly to?: When }
  readonly status?: readonly HistoricalSceneMetrics['status'][]
  readonly exitReason?: readonly string[]
  readonly gpuModel?: readonly string[]
  readonly duration?: { readonly min?: number; readonly max?: number }
  readonly attempts?: { readonly min?: number; readonly max?: number }
  readonly sceneIds?: readonly string[]
  readonly storyIds?: readonly string[]
  readonly runIds?: readonly string[]
  readonly tags?: readonly string[]
  readonly source?: readonly string[]
  readonly text?: string
  readonly errorPattern?: string
  /** OR, NOT, groups, and the fields without a place above. */
  readonly expression?: FilterExpression
}
export interface QueryError {
  readonly position: number
  readonly length: number
  readonly expected: readonly string[]
  readonly message: string
}
export type Facets = Readonly<
  Record<
    'status' | 'exitReason' | 'gpuModel' | 'tag' | 'source' | 'storyId' | 'workflow',
    readonly { readonly value: string; readonly count: number }[]
  >
> & { readonly duration: readonly { readonly from: number; readonly to: number; readonly count: number }[] }
export interface HistoryView {
  readonly filter: TelemetryFilter
  readonly sort?: RunQuery['sort']
  readonly columns?: readonly string[]
}

/** A saved search. */
export interface FilterPreset {
  readonly name: string
  /** Normalized; relative dates stay relative. */
  readonly filter: TelemetryFilter
  readonly createdAt: number
  /** When it was last applied, else saved. */
  readonly usedAt: number
  /** What the History opens with where nothing else is asked for; one at most. */
  readonly isDefault: boolean
}

/* ── Advice ───────────────────────────────────────────────────────────────── */

export type RecommendationState =
  | 'insufficient'
  | 'suggested'
  | 'accepted'
  | 'rejected'
  | 'deferred'
  | 'applied'
  | 'verified-better'
  | 'no-effect'
  | 'worse'
export interface RecommendationEvidence {
  readonly hash: string
  readonly test: string
  readonly estimate: Estimate
  readonly cohort: string
  readonly backtest?: { readonly wouldFinish: number; readonly of: number }
}
export interface Recommendation {
  readonly id: string
  readonly rule: string
  readonly title: string
  readonly explanation: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly probability?: number
  readonly state: RecommendationState
  readonly change?: { readonly setting: keyof QueuePolicy; readonly from: number; readonly to: number }
  readonly evidence: RecommendationEvidence
  readonly runIds: readonly string[]
  readonly createdAt: number
  readonly deferredUntil?: When | { readonly runs: number }
}
export interface FailurePattern {
  readonly kind: string
  readonly label: string
  readonly count: number
  readonly share: Estimate
  readonly runIds: readonly string[]
}
export interface AnalysisReport {
  readonly patterns: readonly FailurePattern[]
  readonly differences: readonly {
    readonly field: string
    readonly value: string
    readonly riskDifference: Estimate
  }[]
  readonly recommendations: readonly Recommendation[]
}
export interface LlmClient {
  complete(request: { system: string; user: string; schema: unknown; signal?: AbortSignal }): Promise<string>
}

/* ── Export ───────────────────────────────────────────────────────────────── */

export type ExportFormat = 'csv' | 'json' | 'pdf' | 'parquet' | 'trace'
export interface ExportRequest {
  readonly runs: readonly HistoricalRun[]
  readonly traces?: readonly GpuTrace[]
  readonly format: ExportFormat
  readonly fields?: readonly string[]
  readonly filter?: TelemetryFilter
  readonly redact?: boolean
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

/* ── The host's files ─────────────────────────────────────────────────────── */

/** PascalCase as the host writes them (docs/files.md, "The host's artifact file"). Unknown fields are kept. */
export interface QueueConfig {
  readonly SceneRetryBudget?: number
  readonly HistoryMaxWaitSeconds?: number
  readonly HistoryMaxAttempts?: number
  readonly HistoryPollIntervalSeconds?: number
  readonly PostExecutionTimeoutSeconds?: number
}
export interface SceneTelemetryMetadata {
  readonly [field: string]: unknown
  readonly DurationSeconds?: number
  readonly HistoryExitReason?: string
  readonly HistoryAttempts?: number
}
export interface ArtifactMetadata {
  readonly [field: string]: unknown
  readonly RunId: string
  readonly Timestamp: string
  readonly QueueConfig?: QueueConfig
  readonly Scenes: readonly {
    readonly [field: string]: unknown
    readonly SceneId: string
    readonly Telemetry?: SceneTelemetryMetadata
  }[]
}

/* ── Composition, hooks ───────────────────────────────────────────────────── */

export interface Telemetry {
  /** The first server's; `servers` has all. */
  readonly realtime: RealtimeTelemetry
  readonly servers: Servers
  readonly comfy: ComfyUIService
  readonly history: RunHistory
  readonly reporter: HostReporter
  readonly policy: { get(): QueuePolicy; set(policy: QueuePolicy): void }
  /** When the history is open (or has fallen back to memory); calls made before wait for it. */
  readonly ready: Promise<StorageReport>
  dispose(): Promise<void>
}
export interface TelemetryOptions {
  /** Default: two levels above `/telemetry/ui/` when the page is there, else `/api/comfyui`. */
  comfyUrl?: string
  dbName?: string
  indexedDB?: IDBFactory
  WebSocket?: typeof WebSocket
  fetch?: typeof fetch
  now?: () => number
  policy?: QueuePolicy
  onPolicyChange?: (policy: QueuePolicy) => void
  llm?: LlmClient
  worker?: boolean
  /** Loads at the start what the services would load when it is wanted: for a page whose own server may be gone by then. */
  preload?: boolean
}

/* ── Additions to the contract: what the Live page needs besides ──────────── */

/** Who serves the stream, by its hello. */
export interface ServerIdentity {
  readonly source: string
  readonly name: string
  readonly version?: string
  readonly comfyVersion?: string
  readonly epoch?: string
  readonly simulated: boolean
  readonly heartbeatMs: number
  readonly intervalMs: number
  /** Least of (receive − server's now) over hellos and heartbeats, ms: above 0 the server's clock is behind ours. */
  readonly clockOffset: number
}
/** What is known of a run while it is live, beside its scenes. */
export interface LiveRun {
  readonly runId: string
  readonly runName?: string
  readonly storyId?: string
  readonly sceneCount?: number
  readonly policy?: QueuePolicy
  /** Time of its first and its newest message, by the server's clock. */
  readonly firstAt: number
  readonly lastAt: number
  readonly event?: 'stopped' | 'ended'
}
/** A line of the event log: one lifecycle message. */
export interface LiveEvent {
  readonly id: string
  readonly at: number
  readonly update: RealtimeTelemetryUpdate
}
/** RealtimeState and what a page shows beside it; kept where the socket is, so that a hidden page has no hole. */
export interface LiveState extends RealtimeState {
  /** Why there is no stream, in a sentence that says what to do; absent while there is one. */
  readonly problem?: string
  /** When the server was last heard, by the local clock; absent while it is, and where it never was. */
  readonly silentSince?: number
  readonly server?: ServerIdentity
  /** Newest first, at most 20. */
  readonly runs: readonly LiveRun[]
  /** Oldest first, at most 200. */
  readonly events: readonly LiveEvent[]
  /** The last 10 minutes at 1 s. */
  readonly trace: GpuTrace
  /** By SceneKey: when the newest update arrived, by the local clock; ages are counted from it. */
  readonly receivedAt: ReadonlyMap<SceneKey, number>
}
/** How the recorder stands: who writes the history, and why it may not be written. */
export type RecordingState =
  | { readonly status: 'starting' }
  | { readonly status: 'recording' }
  | { readonly status: 'standby' }
  | { readonly status: 'memory'; readonly reason: string }
  /** `isFull`: the browser has no room left. */
  | { readonly status: 'paused'; readonly reason: string; readonly isFull?: true }
  /** It is a server that is listed twice: its runs are saved by the other entry. */
  | { readonly status: 'elsewhere'; readonly reason: string }
/** What a scene of this kind usually takes: the median of earlier successful scenes that took nothing from cache. */
export interface ExpectedTime {
  readonly median: number
  readonly n: number
}
/** What may be subscribed to; the same reference until something changed. */
export interface ReadableStore<T> {
  getSnapshot(): T
  subscribe(listener: () => void): () => void
}
/** A run that this tab queues. */
/** A time in which nothing of a run was queued and no limit kept, by the tab's clock: the tab stood still, or was gone. */
export interface QueuePause {
  readonly from: number
  readonly to: number
  /** Its tab was gone, and somebody went on with the run. */
  readonly isResumed?: true
}
export interface Generation {
  readonly runId: string
  readonly runName?: string
  /** Scenes in all, scenes that came to their end, prompts at the server, and scenes that this tab has still to queue. */
  readonly of: number
  readonly ended: number
  readonly atServer: number
  readonly toQueue: number
  /** `waiting`: the server doesn't take the next scene; it is asked again by itself. */
  readonly status: 'running' | 'waiting' | 'stopping'
  /** Why it waits, or what the server said of scenes it refused, in sentences. */
  readonly problems: readonly string[]
  /** Oldest first. */
  readonly pauses: readonly QueuePause[]
  /** What needs this tab to stay open; empty when the server goes on by itself. */
  readonly needsTabFor: readonly ('queueing' | 'limits' | 'retries')[]
}

/* ── Additions to the contract: charts ────────────────────────────────────── */

export interface ChartRequest<K extends TelemetryChart['kind'] = TelemetryChart['kind']> {
  readonly kind: K
  readonly filter?: TelemetryFilter
  /** `RunPage.asOf`: without the runs that came since. */
  readonly asOf?: number | undefined
  /** Zoomed to these times, inclusive; absent: all. */
  readonly from?: number
  readonly to?: number
  /** Most points of the main series; default 500. */
  readonly points?: number
  /** Of `rates`: what the bars are; default 'gpuName'. */
  readonly by?: 'policy' | 'gpuName' | 'workflow' | 'model' | 'day'
}
/** A run on the line: `value` is its average duration in ms, `n` the scenes that it is the mean of. */
export interface DurationPoint {
  readonly runId: string
  readonly runName?: string
  readonly at: number
  readonly value: number
  readonly n: number
}
/** A scene beside the line. `value`, ms: how long it ran until it broke, or the limit that it hit. */
export interface DurationMark {
  readonly kind: 'failed' | 'timeout'
  readonly runId: string
  readonly sceneId: string
  readonly at: number
  readonly value: number
}
/** Durations of runs over time, oldest first. Runs of excluded sources are not in it. */
export interface DurationChart {
  readonly kind: 'duration'
  /** Runs with a duration in the range, before thinning. */
  readonly runs: number
  /** All of them, or of each bucket the runs of least and greatest duration. */
  readonly points: readonly DurationPoint[]
  readonly isThinned: boolean
  /** Smoothed before thinning, over raw data; empty under 10 points. */
  readonly smooth: readonly { readonly at: number; readonly value: number }[]
  /** p10 and p90 of the runs' durations; from 8 runs. */
  readonly usual?: { readonly low: number; readonly high: number }
  readonly median?: number
  readonly changePoints: readonly ChangePoint[]
  /** Of the whole selection's trend, as `Trend.verdict`. */
  readonly verdict: Verdict
  /** At most 500 of `markCount`, evenly: those that have a time. */
  readonly marks: readonly DurationMark[]
  readonly markCount: { readonly failed: number; readonly timeout: number }
  /** How many of `markCount` have no time. */
  readonly unplacedCount: number
  /** Ended runs without a duration: a lane under the axis; at most 200 of `unmeasuredCount`, evenly. */
  readonly unmeasured: readonly { readonly runId: string; readonly at: number }[]
  readonly unmeasuredCount: number
  /** Successful scenes left out because they took something from cache. */
  readonly excludedCached: number
  readonly from: number
  readonly to: number
}
/** Success and timeout rates of groups of runs. */
export interface RatesChart {
  readonly kind: 'rates'
  readonly by: 'policy' | 'gpuName' | 'workflow' | 'model' | 'day'
  readonly runs: number
  readonly groups: readonly RunGroup[]
}
/** A scene on the scatter: execution against what its GPU had free (bytes) and how busy it was (percent). */
export interface GpuPoint {
  readonly runId: string
  readonly sceneId: string
  readonly at: number
  readonly gpuName: string
  readonly duration: number
  readonly vramFree?: number
  readonly utilization?: number
}
/** Successful scenes that took nothing from cache and whose GPU was measured. */
export interface GpuChart {
  readonly kind: 'gpu'
  readonly scenes: number
  /** All of them, or an even choice over time. */
  readonly points: readonly GpuPoint[]
  readonly isThinned: boolean
}
export type TelemetryChart = DurationChart | RatesChart | GpuChart
export type TelemetryChartOf<K extends TelemetryChart['kind']> = Extract<TelemetryChart, { readonly kind: K }>
