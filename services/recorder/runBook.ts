import type {
  AttemptRecord,
  HistoricalRun,
  HistoricalSceneMetrics,
  RealtimeTelemetryUpdate,
  RunStatus,
} from '../../types'
import { deriveScene } from '../history/deriveScene'
import { definedMembers } from '../shared/definedMembers'
import { sceneStatusOf } from '../shared/exitReason'
import type { RunMessage } from '../wire/messages'
import { progressOf, runEnd, type RunEnd, type RunProgress } from './runEnd'

/** What the recorder knows of one run: how far it has come, and what of it is not written yet. Times by the server's clock. */
export interface RunBook {
  readonly progress: Mutable<RunProgress>
  head: Partial<HistoricalRun>
  status: RunStatus
  endedAt: number | undefined
  /** Prompts that have not ended, by their ids. */
  readonly open: Set<string>
  /** Scenes that were told of since the run was written. */
  readonly changed: Map<string, HistoricalSceneMetrics>
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The book of a stored run, or of one that begins; nothing in it is to be written. */
export function newBook(run: HistoricalRun): RunBook {
  const { runName, storyId, tags } = run
  return {
    progress: progressOf(run),
    head: definedMembers({ runName, storyId, tags, source: run.source }),
    status: run.status ?? 'running',
    endedAt: run.endedAt,
    open: new Set(),
    changed: new Map(),
  }
}

/** What a message says of its run; what it leaves out stays as it was. */
export function noteHead(book: RunBook, from: RealtimeTelemetryUpdate | RunMessage): void {
  const { runName, storyId, sceneCount, policy } = from
  const tags = 'tags' in from ? from.tags : undefined
  book.head = { ...book.head, ...definedMembers({ runName, storyId, tags }) }
  if (sceneCount !== undefined) book.progress.sceneCount = Math.max(sceneCount, book.progress.sceneCount ?? 0)
  if (policy !== undefined) book.progress.policy = policy
}

/** The run was told of at this time. */
export function noteTime({ progress }: RunBook, at: number): void {
  progress.firstAt = Math.min(progress.firstAt, at)
  progress.lastAt = Math.max(progress.lastAt, at)
}

/** An attempt that ended. The scene's place in the run is its last attempt's, in whatever order they are told. */
export function noteAttempt({ progress, changed }: RunBook, sceneId: string, attempt: AttemptRecord): void {
  changed.set(sceneId, deriveScene(sceneId, [...(changed.get(sceneId)?.attemptLog ?? []), attempt]))
  const attempts = attempt.attempt
  if (attempts < (progress.scenes.get(sceneId)?.attempts ?? 0)) return
  const scene = { status: sceneStatusOf(attempt.exitReason), attempts }
  progress.scenes = new Map(progress.scenes).set(sceneId, scene)
}

/** Looks whether the run has ended by `now`. */
export function noteEnd(book: RunBook, now: number): RunEnd {
  const end = runEnd({ ...book.progress, open: book.open.size }, now)
  book.status = end.kind === 'running' ? 'running' : end.status
  book.endedAt = end.kind === 'ended' ? end.endedAt : undefined
  return end
}

/** Whether nothing is known of the run that the history doesn't have. */
export function isDone({ status, open, changed }: RunBook): boolean {
  return status !== 'running' && open.size === 0 && changed.size === 0
}

/** The run as it is to be written: its head, and the scenes that changed. */
export function runOf(book: RunBook): HistoricalRun {
  const { runId, firstAt, lastAt, sceneCount, policy, told } = book.progress
  return {
    ...book.head,
    runId,
    timestamp: firstAt,
    scenes: [...book.changed.values()],
    fallbackCount: 0,
    status: book.status,
    lastAt,
    ...definedMembers({ sceneCount, policy, told, endedAt: book.endedAt }),
  }
}
