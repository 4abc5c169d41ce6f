import type { LiveRun, RealtimeTelemetryUpdate } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import type { RunMessage } from '../wire/messages'

/** The newest runs of the stream, as far as its messages tell. */
export interface LiveRuns {
  /** `isNews`: it tells a prompt's state, not a reading. Returns the ids of runs that are no longer kept. */
  noteUpdate(update: RealtimeTelemetryUpdate, isNews: boolean): readonly string[]
  noteRun(message: RunMessage, at: number): readonly string[]
  drop(runId: string): void
  /** Newest first; the same reference until something changed. */
  list(): readonly LiveRun[]
}

const MAX_RUNS = 20

/** Keeps the 20 that were last told of. */
export function createLiveRuns(): LiveRuns {
  const runs = new Map<string, LiveRun>()
  let view: readonly LiveRun[] | undefined
  /** The map's order is that in which the runs were last told of. */
  const put = (isNews: boolean, run: LiveRun): readonly string[] => {
    if (isNews) runs.delete(run.runId)
    runs.set(run.runId, run)
    view = undefined
    if (runs.size <= MAX_RUNS) return []
    const dropped = newestFirst(runs).slice(MAX_RUNS)
    for (const { runId } of dropped) runs.delete(runId)
    return dropped.map(({ runId }) => runId)
  }
  return {
    noteUpdate(update, isNews) {
      const runId = update.runId ?? ''
      const known = runs.get(runId)
      const opens = isNews && isOpening(update)
      if (known && !tellsMore(known, update, opens)) return []
      const before = known && opens ? withoutEvent(known) : known
      return put(isNews || !known, {
        ...before,
        ...headOf(update),
        runId,
        firstAt: Math.min(before?.firstAt ?? update.timestamp, update.timestamp),
        lastAt: Math.max(before?.lastAt ?? 0, update.timestamp),
      })
    },
    noteRun(message, at) {
      const before = runs.get(message.runId)
      const { event: _, ...rest } = before ?? { event: undefined }
      return put(true, {
        ...rest,
        ...headOf(message),
        ...(message.event === 'begin' ? {} : { event: message.event }),
        runId: message.runId,
        firstAt: Math.min(before?.firstAt ?? at, at),
        lastAt: Math.max(before?.lastAt ?? 0, at),
      })
    },
    drop(runId) {
      if (runs.delete(runId)) view = undefined
    },
    list: () => (view ??= newestFirst(runs)),
  }
}

/** A prompt that comes after a run's end opens it again. */
const isOpening = ({ status }: RealtimeTelemetryUpdate): boolean =>
  status === 'queued' || status === 'executing'

function withoutEvent({ event: _, ...run }: LiveRun): LiveRun {
  return run
}

/** Samples come a hundred a second: only what changes the run's own line is worth a new one, its time once a second. */
function tellsMore(before: LiveRun, update: RealtimeTelemetryUpdate, opens: boolean): boolean {
  if (before.event !== undefined && opens) return true
  if (update.timestamp >= before.lastAt + 1_000) return true
  return WORDS.some((field) => update[field] !== undefined && update[field] !== before[field])
}

const WORDS = ['runName', 'storyId', 'sceneCount'] as const

/** What a message says of its run. */
const headOf = ({ runName, storyId, sceneCount, policy }: Head): Partial<LiveRun> =>
  definedMembers({ runName, storyId, sceneCount, policy })
type Head = Pick<RunMessage, (typeof WORDS)[number] | 'policy'>

/** By when something was last told of them, not by the server's clock, which may be set back. */
const newestFirst = (runs: ReadonlyMap<string, LiveRun>): LiveRun[] => [...runs.values()].reverse()
