import type { LiveRun, LiveState, RealtimeTelemetryUpdate } from '../../types'
import { markOf } from '../format/describeOutcome'
import { liveRunEnd } from './liveRunEnd'
import { notificationOf, type News, type NotificationWords } from './notificationOf'

/** Turns what happens into notifications. Whoever made it disposes of it. */
export interface Notifier {
  scenes(updates: readonly RealtimeTelemetryUpdate[]): void
  /** Looks whether runs have ended; call it when the state changed and now and then. */
  runs(): void
  dispose(): void
}
interface NotifierOptions {
  readonly state: () => LiveState
  readonly notify: (words: NotificationWords) => void
  /** Whether this page may tell at all: asked when something happened, and again when it is told. */
  readonly isWanted: () => boolean
}

/** One notification in so long a time; what happens together is told together. */
const QUIET_MS = 10_000
const TOGETHER_MS = 300

/**
 * Tells a run's end once and every failed scene, at most one notification in 10 s. What was before it was made, as a first contact
 * replays it, is no news; nor is what happens while nobody is to be told.
 */
export function createNotifier({ state, notify, isWanted }: NotifierOptions): Notifier {
  const began = Date.now()
  const told = new Set<string>()
  let news: News[] = []
  let lastAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  const add = (item: News): void => {
    if (!isWanted()) return
    news.push(item)
    timer ??= setTimeout(speak, Math.max(TOGETHER_MS, lastAt + QUIET_MS - Date.now()))
  }
  const noteRun = (run: LiveRun): void => {
    const end = liveRunEnd(state(), run, Date.now())
    if (end.kind === 'running' || end.endedAt < began || told.has(run.runId)) return
    told.add(run.runId)
    add({ kind: 'ended', run, status: end.status, scenes: scenesOf(state(), run.runId) })
  }
  const noteRuns = (): void => {
    const { connection, runs } = state()
    // Half of what is replayed may look like an end.
    if (connection.status !== 'replaying') runs.forEach(noteRun)
  }
  const speak = (): void => {
    // An end that came with the failure has it in its figures.
    noteRuns()
    timer = undefined
    const due = news
    news = []
    if (due.length === 0 || !isWanted()) return
    lastAt = Date.now()
    notify(notificationOf(due.map(named), state().server?.simulated ?? false))
  }
  /** A scene's message may come before that of its run. */
  const named = (item: News): News => {
    if (item.kind === 'ended' || item.runName !== undefined) return item
    const run = state().runs.find(({ runId }) => runId === item.update.runId)
    return { ...item, runName: run?.runName }
  }

  return {
    scenes(updates) {
      const offset = state().server?.clockOffset ?? 0
      for (const update of updates) {
        const mark = markOf(update.status, update.exitReason)
        if (mark !== 'failed' && mark !== 'timeout') continue
        if (update.timestamp + offset >= began) add({ kind: 'failed', runName: update.runName, update })
      }
    },
    runs: noteRuns,
    dispose: () => clearTimeout(timer),
  }
}

const scenesOf = (state: LiveState, runId: string): readonly RealtimeTelemetryUpdate[] =>
  [...state.scenes.values()].filter((update) => update.runId === runId)
