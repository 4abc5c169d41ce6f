import type {
  GpuSummary,
  HistoricalRun,
  HistoricalSceneMetrics,
  RealtimeTelemetryUpdate,
  RunStatus,
} from '../../types'
import { deriveScene } from '../history/deriveScene'
import type { OpenPrompt, RecorderMemory } from '../history/recorderStore'
import { isTerminal } from '../realtime/sceneBoard'
import { definedMembers } from '../shared/definedMembers'
import { sceneStatusOf, supersedes } from '../shared/exitReason'
import type { RunMessage } from '../wire/messages'
import { attemptOf, openPromptOf, pastPromptOf } from './attemptOf'
import { progressOf, runEnd, type RunProgress } from './runEnd'

/** What changed since the last `take`, ready to be written. */
export interface LedgerChanges {
  readonly runs: readonly HistoricalRun[]
  readonly opened: readonly OpenPrompt[]
  readonly closed: readonly string[]
  /** Runs whose only prompt turned out to be another run's. */
  readonly emptied: readonly string[]
  /** Prompts that came to an end, for whom a GPU trace may be had. */
  readonly ended: readonly string[]
}

/** The books of one source: which prompts are open, which runs go on, what has to be written. No I/O, no clock. */
export interface Ledger {
  /** `heard` are this page's own GPU figures of a prompt that ended, for want of the server's. */
  apply(update: RealtimeTelemetryUpdate, heard?: GpuSummary): void
  applyRun(message: RunMessage, at: number): void
  /** Whether the message is about something that may be in the history and isn't in memory: to be taken up before it is applied. */
  missing(message: RealtimeTelemetryUpdate | RunMessage): boolean
  takeUp(run: HistoricalRun): void
  /** Ends every open prompt but those named, for reasons nobody will tell any more. */
  endAllExcept(promptIds: ReadonlySet<string>, at: number): void
  /** Runs that have prompts open are told again as going on: silence may have ended them in what is stored. */
  tellOpen(): void
  /** Ends the runs that are due; answers when to look again. Times by the server's clock. */
  endRuns(now: number): number
  take(): LedgerChanges
}

interface Book {
  progress: Mutable<RunProgress>
  head: Partial<HistoricalRun>
  status: RunStatus
  endedAt: number | undefined
  readonly open: Set<string>
  readonly changed: Map<string, HistoricalSceneMetrics>
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Ended prompts whose told outcome may still come. */
const REMEMBERED = 500
/** Runs that ended stay here for a while, since a retry may open them again. */
const MAX_BOOKS = 200

export function createLedger(source: string, memory: RecorderMemory): Ledger {
  const open = new Map<string, OpenPrompt>()
  const recent = new Map<string, OpenPrompt>()
  const books = new Map<string, Book>()
  const dirty = new Set<Book>()
  const opened = new Set<string>()
  const closed = new Set<string>()
  const emptied = new Set<string>()

  const bookOf = (runId: string, at: number): Book => {
    const known = books.get(runId)
    if (known) return known
    const book = newBook({ runId, timestamp: at, scenes: [], fallbackCount: 0, source })
    books.set(runId, book)
    forgetOldBooks(books)
    return book
  }

  const touch = (book: Book, at: number): void => {
    book.progress.firstAt = Math.min(book.progress.firstAt, at)
    book.progress.lastAt = Math.max(book.progress.lastAt, at)
    dirty.add(book)
  }

  const finish = (prompt: OpenPrompt, book: Book, endedAt: number): void => {
    const { sceneId } = prompt.update
    const attempt = attemptOf(prompt, endedAt)
    const scene = deriveScene(sceneId, [...(book.changed.get(sceneId)?.attemptLog ?? []), attempt])
    book.changed.set(sceneId, scene)
    const before = book.progress.scenes.get(sceneId)
    const attempts = Math.max(before?.attempts ?? 0, attempt.attempt)
    const scenes = new Map(book.progress.scenes)
    if (attempt.attempt >= (before?.attempts ?? 0)) {
      scenes.set(sceneId, { status: sceneStatusOf(attempt.exitReason), attempts })
    }
    book.progress.scenes = scenes
    book.open.delete(prompt.promptId)
    open.delete(prompt.promptId)
    opened.delete(prompt.promptId)
    closed.add(prompt.promptId)
    remember(prompt)
  }

  const remember = (prompt: OpenPrompt): void => {
    recent.set(prompt.promptId, prompt)
    if (recent.size > REMEMBERED) for (const oldest of [...recent.keys()].slice(0, 50)) recent.delete(oldest)
  }

  /** A prompt without labels was labelled late. */
  const leave = (promptId: string, runId: string): void => {
    const book = books.get(runId)
    if (!book?.open.delete(promptId)) return
    dirty.add(book)
    if (!book.progress.isAdHoc || book.open.size > 0 || book.progress.scenes.size > 0) return
    books.delete(runId)
    dirty.delete(book)
    emptied.add(runId)
  }

  for (const run of memory.running) books.set(run.runId, newBook(run))
  for (const prompt of memory.open) {
    open.set(prompt.promptId, prompt)
    const book = bookOf(prompt.update.runId ?? '', prompt.update.timestamp)
    book.open.add(prompt.promptId)
    if (book.status !== 'running') dirty.add(book)
  }

  return {
    apply(update, heard) {
      const { promptId, runId } = update
      if (promptId === undefined || runId === undefined) return
      const book = bookOf(runId, update.timestamp)
      const past = recent.get(promptId)
      if (past && isLate(update, past.update)) return
      recent.delete(promptId)
      const before = open.get(promptId)
      if (before && before.update.runId !== runId) leave(promptId, before.update.runId ?? '')
      const prompt = openPromptOf(before ?? past, update, promptId, heard)
      noteHead(book, update)
      touch(book, past && isTerminal(update) ? book.progress.lastAt : update.timestamp)
      if (isTerminal(update)) return finish(prompt, book, update.timestamp)
      open.set(promptId, prompt)
      opened.add(promptId)
      book.open.add(promptId)
      delete book.progress.told
    },
    applyRun(message, at) {
      const book = bookOf(message.runId, at)
      noteHead(book, message)
      touch(book, at)
      if (message.event === 'begin') delete book.progress.told
      else book.progress.told = { event: message.event, at }
    },
    missing(message) {
      if (message.runId === undefined) return false
      if (!books.has(message.runId)) return true
      const isEnd = 'promptId' in message && isTerminal(message)
      return isEnd && !open.has(message.promptId ?? '') && !recent.has(message.promptId ?? '')
    },
    takeUp(run) {
      if (!books.has(run.runId)) books.set(run.runId, newBook(run))
      for (const { sceneId, attemptLog } of run.scenes)
        for (const attempt of attemptLog ?? [])
          if (attempt.source === source && attempt.promptId !== undefined && !open.has(attempt.promptId))
            remember(pastPromptOf({ runId: run.runId, sceneId }, attempt, attempt.promptId))
      forgetOldBooks(books)
    },
    endAllExcept(promptIds, at) {
      for (const prompt of [...open.values()]) {
        if (promptIds.has(prompt.promptId)) continue
        const book = bookOf(prompt.update.runId ?? '', at)
        touch(book, at)
        const lost = {
          ...prompt,
          update: { ...prompt.update, status: 'failed', exitReason: 'unknown' } as const,
        }
        finish(lost, book, at)
      }
    },
    tellOpen() {
      for (const book of books.values()) if (book.open.size > 0) dirty.add(book)
    },
    endRuns(now) {
      let next = Infinity
      for (const book of books.values()) {
        book.progress.open = book.open.size
        if (book.status !== 'running' && !dirty.has(book)) continue
        const end = runEnd(book.progress, now)
        const status = end.kind === 'running' ? 'running' : end.status
        if (status !== book.status) dirty.add(book)
        book.status = status
        book.endedAt = end.kind === 'ended' ? end.endedAt : undefined
        if (end.kind === 'running') next = Math.min(next, end.checkAt)
      }
      return next
    },
    take() {
      const changes: LedgerChanges = {
        runs: [...dirty].map(runOf),
        opened: [...opened].flatMap((promptId) => open.get(promptId) ?? []),
        closed: [...closed],
        emptied: [...emptied],
        ended: [...closed],
      }
      for (const book of dirty) book.changed.clear()
      dirty.clear()
      opened.clear()
      closed.clear()
      emptied.clear()
      return changes
    },
  }
}

function newBook(run: HistoricalRun): Book {
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

function noteHead(book: Book, from: RealtimeTelemetryUpdate | RunMessage): void {
  const { runName, storyId, sceneCount, policy } = from
  const tags = 'tags' in from ? from.tags : undefined
  book.head = { ...book.head, ...definedMembers({ runName, storyId, tags }) }
  if (sceneCount !== undefined) book.progress.sceneCount = Math.max(sceneCount, book.progress.sceneCount ?? 0)
  if (policy !== undefined) book.progress.policy = policy
}

function runOf(book: Book): HistoricalRun {
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

/** After an end: only what outranks it is not, and any word about a prompt of which nobody knew how it went on. */
function isLate(
  update: RealtimeTelemetryUpdate,
  { exitReason = 'success' }: RealtimeTelemetryUpdate,
): boolean {
  if (exitReason === 'unknown') return false
  return !isTerminal(update) || !supersedes(update.exitReason ?? 'unknown', exitReason)
}

function forgetOldBooks(books: Map<string, Book>): void {
  if (books.size <= MAX_BOOKS) return
  for (const [runId, book] of books) {
    if (books.size <= MAX_BOOKS) return
    if (book.status !== 'running' && book.open.size === 0 && book.changed.size === 0) books.delete(runId)
  }
}
