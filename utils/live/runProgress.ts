import type { LiveRun, LiveState, RealtimeTelemetryUpdate } from '../../types'
import { markOf, type SceneMark } from '../format/describeOutcome'
import { shownRun } from './shownRun'

/** Where a run stands: what is known of it and how its scenes are counted. */
export interface RunProgress {
  readonly run: LiveRun | undefined
  /** Keys of its scenes in the order in which they are shown: by scene id. */
  readonly keys: readonly string[]
  readonly counts: Readonly<Record<SceneMark, number>>
  /** Scenes the run has or will have. */
  readonly of: number
  /** Scenes that ended, however they did. */
  readonly done: number
  /** The scene that executes, or the next in line; undefined when all ended. */
  readonly current: string | undefined
  readonly isOver: boolean
}

const MARKS: readonly SceneMark[] = ['queued', 'executing', 'completed', 'failed', 'timeout', 'skipped']
const NO_COUNTS = { queued: 0, executing: 0, completed: 0, failed: 0, timeout: 0, skipped: 0 }
const NO_RUN: RunProgress = {
  run: undefined,
  keys: [],
  counts: NO_COUNTS,
  of: 0,
  done: 0,
  current: undefined,
  isOver: false,
}

/**
 * A selector of one run's progress: the asked one's, else the one's that is to be shown (`shownRun`). Answers the same reference until something in it
 * changed, so that samples render nothing but the scene they belong to.
 */
export function createProgressSelector(
  runId: string | undefined,
  own?: readonly string[],
): (state: LiveState) => RunProgress {
  let last = NO_RUN
  return (state) => {
    const next = progressOf(state, shownRun(state, { runId, before: last.run?.runId, ...(own && { own }) }))
    if (!isSame(last, next)) last = next
    return last
  }
}

function progressOf(state: LiveState, run: LiveRun | undefined): RunProgress {
  if (!run) return NO_RUN
  const scenes = [...state.scenes].filter(([, update]) => update.runId === run.runId)
  scenes.sort(([, a], [, b]) => collator.compare(a.sceneId, b.sceneId))
  const counts = { ...NO_COUNTS }
  for (const [, update] of scenes) counts[markOfUpdate(update)] += 1
  const done = counts.completed + counts.failed + counts.timeout + counts.skipped
  const of = Math.max(run.sceneCount ?? 0, scenes.length)
  const current = scenes.find(isExecuting) ?? scenes.find(([, { status }]) => status === 'queued')
  return {
    run,
    keys: scenes.map(([key]) => key),
    counts,
    of,
    done,
    current: current?.[0],
    isOver: run.event !== undefined || (of > 0 && done === of),
  }
}

/** `scene-2` before `scene-10`. */
const collator = new Intl.Collator('en', { numeric: true })
const isExecuting = ([, update]: readonly [string, RealtimeTelemetryUpdate]): boolean =>
  update.status === 'executing'
const markOfUpdate = (update: RealtimeTelemetryUpdate): SceneMark => markOf(update.status, update.exitReason)

function isSame(a: RunProgress, b: RunProgress): boolean {
  return (
    isSameRun(a.run, b.run) &&
    a.of === b.of &&
    a.current === b.current &&
    a.isOver === b.isOver &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, i) => key === b.keys[i]) &&
    MARKS.every((mark) => a.counts[mark] === b.counts[mark])
  )
}

/** `lastAt` moves with every sample and is shown nowhere here. */
function isSameRun(a: LiveRun | undefined, b: LiveRun | undefined): boolean {
  if (a === b) return true
  if (!a || !b) return false
  return (
    a.runId === b.runId &&
    a.runName === b.runName &&
    a.storyId === b.storyId &&
    a.event === b.event &&
    a.policy === b.policy
  )
}
