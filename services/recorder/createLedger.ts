import type { GpuSummary, HistoricalRun, RealtimeTelemetryUpdate } from '../../types'
import type { OpenPrompt, RecorderMemory } from '../history/recorderStore'
import { isTerminal } from '../realtime/sceneBoard'
import { createRecentMap } from '../shared/createRecentMap'
import { supersedes } from '../shared/exitReason'
import type { RunMessage } from '../wire/messages'
import { attemptOf, openPromptOf, pastPromptOf } from './attemptOf'
import { isDone, newBook, noteAttempt, noteEnd, noteHead, noteTime, runOf, type RunBook } from './runBook'

/** What changed since the last `take`, ready to be written. */
export interface LedgerChanges {
  readonly runs: readonly HistoricalRun[]
  readonly opened: readonly OpenPrompt[]
  /** Prompts that came to an end. */
  readonly closed: readonly string[]
  /** Runs whose only prompt turned out to be another run's. */
  readonly emptied: readonly string[]
}

/** The books of one source: which prompts are open, which runs go on, what has to be written. No I/O, no clock. */
export interface Ledger {
  /** `heard` are this page's own GPU figures of a prompt that ended, for want of the server's. */
  apply(update: RealtimeTelemetryUpdate, heard?: GpuSummary): void
  applyRun(message: RunMessage, at: number): void
  /** Whether the history may know something of it that these books don't: it is to be taken up before the message is applied. */
  missing(message: RealtimeTelemetryUpdate | RunMessage): boolean
  /** A run as it is stored. */
  takeUp(run: HistoricalRun): void
  /** Ends every open prompt but those named, for reasons nobody will tell any more. */
  endAllExcept(promptIds: ReadonlySet<string>, at: number): void
  /** Runs that have prompts open are told again as going on: silence may have ended them in what is stored. */
  tellOpen(): void
  /** Ends the runs that are due; answers when to look again. Times by the server's clock. */
  endRuns(now: number): number
  /** What is to be written now; nothing of it is told again. */
  take(): LedgerChanges
}

/** Ended prompts whose told outcome may still come. */
const REMEMBERED = 500
/** Runs that ended stay here for a while, since a retry may open them again. */
const MAX_BOOKS = 200

/** Takes up what is stored: runs that go on, and prompts that are open. */
export function createLedger(source: string, memory: RecorderMemory): Ledger {
  const open = new Map<string, OpenPrompt>()
  const recent = createRecentMap<OpenPrompt>(REMEMBERED)
  const books = new Map<string, RunBook>()
  const dirty = new Set<RunBook>()
  const opened = new Set<string>()
  const closed = new Set<string>()
  const emptied = new Set<string>()

  const bookOf = (runId: string, at: number): RunBook => {
    const known = books.get(runId)
    if (known) return known
    const book = newBook({ runId, timestamp: at, scenes: [], fallbackCount: 0, source })
    books.set(runId, book)
    forgetOldBooks(books)
    return book
  }

  const touch = (book: RunBook, at: number): void => {
    noteTime(book, at)
    dirty.add(book)
  }

  const finish = (prompt: OpenPrompt, book: RunBook, endedAt: number): void => {
    noteAttempt(book, prompt.update.sceneId, attemptOf(prompt, endedAt))
    book.open.delete(prompt.promptId)
    open.delete(prompt.promptId)
    opened.delete(prompt.promptId)
    closed.add(prompt.promptId)
    recent.set(prompt.promptId, prompt)
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
      for (const { sceneId, attemptLog = [] } of run.scenes)
        for (const attempt of attemptLog) {
          const { promptId } = attempt
          if (attempt.source !== source || promptId === undefined || open.has(promptId)) continue
          recent.set(promptId, pastPromptOf({ runId: run.runId, sceneId }, attempt, promptId))
        }
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
        const { status } = book
        if (status !== 'running' && !dirty.has(book)) continue
        const end = noteEnd(book, now)
        if (book.status !== status) dirty.add(book)
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

/** After an end: only what outranks it is not, and any word about a prompt of which nobody knew how it went on. */
function isLate(
  update: RealtimeTelemetryUpdate,
  { exitReason = 'success' }: RealtimeTelemetryUpdate,
): boolean {
  if (exitReason === 'unknown') return false
  return !isTerminal(update) || !supersedes(update.exitReason ?? 'unknown', exitReason)
}

function forgetOldBooks(books: Map<string, RunBook>): void {
  if (books.size <= MAX_BOOKS) return
  for (const [runId, book] of books) {
    if (books.size <= MAX_BOOKS) return
    if (isDone(book)) books.delete(runId)
  }
}
