import type { HistoricalRun, HistoricalSceneMetrics, QueuePolicy, RunStatus, RunTold } from '../../types'
import { definedMembers } from '../shared/definedMembers'

/** What the recorder knows of a run that it may have to end; times by the server's clock. */
export interface RunProgress {
  readonly runId: string
  /** Prompts nobody labelled. */
  readonly isAdHoc: boolean
  readonly firstAt: number
  /** Newest message of the run. */
  readonly lastAt: number
  readonly open: number
  readonly sceneCount?: number
  readonly policy?: QueuePolicy
  readonly scenes: ReadonlyMap<string, Pick<HistoricalSceneMetrics, 'status' | 'attempts'>>
  /** What a `run` message said, if no prompt was queued since. */
  readonly told?: RunTold
}

/** Whether a run goes on, or how and when it ended; times by the server's clock, epoch ms. */
export type RunEnd =
  | { readonly kind: 'running'; /** When to look again. */ readonly checkAt: number }
  | { readonly kind: 'ended'; readonly status: Exclude<RunStatus, 'running'>; readonly endedAt: number }

/** A run of which nobody said how long it is may get another prompt for so long. */
const GRACE_MS = 60_000
/** Nothing that goes on says nothing for longer, but for the delay between its scenes. */
export const SILENCE_MS = 15 * 60_000
/** No request may ask for a longer delay; a file may say anything. */
const MAX_DELAY_MS = 86_400_000
const AD_HOC_MAX_SCENES = 200
const AD_HOC_MAX_MS = 12 * 60 * 60_000

/** Whether a run has ended (docs/live.md, "When a run ends"); `now` by the server's clock, epoch ms. */
export function runEnd(run: RunProgress, now: number): RunEnd {
  if (run.told && run.open === 0) {
    return ended(run, Math.max(run.told.at, run.lastAt), run.told.event === 'stopped')
  }
  if (run.isAdHoc && isTooLong(run)) return ended(run, run.lastAt, false)
  const due = dueAt(run)
  if (due.at > now) return { kind: 'running', checkAt: due.at }
  return ended(run, run.lastAt, due.isSilence)
}

/**
 * The same of a run whose servers were last heard at `heardAt`. Nothing but silence ends it, and then what it has open there no longer
 * keeps it.
 */
export function unheardEnd(run: RunProgress, heardAt: number, now: number): RunEnd {
  const checkAt = Math.max(run.lastAt, heardAt) + silenceOf(run)
  if (checkAt > now) return { kind: 'running', checkAt }
  return run.open > 0 ? ended(run, run.lastAt, true) : runEnd(run, now)
}

/**
 * The same of a run whose source nobody here ever listened to: an import, or a host's own. Its record is all that there is; unless that
 * tells its end, what was open at its last word is not known, and it was cut off there. Its clock is another one: a last word that is
 * further ahead than silence lasts is no word of now either.
 */
export function unwatchedEnd(run: RunProgress, now: number): RunEnd {
  if (Math.abs(now - run.lastAt) < silenceOf(run))
    return { kind: 'running', checkAt: run.lastAt + silenceOf(run) }
  const isSized = run.sceneCount !== undefined || run.told !== undefined
  return isSized ? runEnd(run, run.lastAt + silenceOf(run)) : ended(run, run.lastAt, true)
}

/** So long a run may say nothing, ms. */
const silenceOf = ({ policy }: RunProgress): number =>
  SILENCE_MS + Math.min((policy?.delayBetweenScenesSeconds ?? 0) * 1_000, MAX_DELAY_MS)

function dueAt(run: RunProgress): { readonly at: number; readonly isSilence: boolean } {
  const silence = { at: run.lastAt + silenceOf(run), isSilence: true }
  if (run.open > 0) return { at: Infinity, isSilence: true }
  if (run.sceneCount === undefined) return { at: run.lastAt + GRACE_MS, isSilence: false }
  if (run.scenes.size < run.sceneCount) return silence
  const scenes = [...run.scenes.values()]
  if (scenes.every((scene) => hasNoAttemptLeft(scene, run.policy)))
    return { at: run.lastAt, isSilence: false }
  return run.policy ? silence : { at: run.lastAt + GRACE_MS, isSilence: false }
}

function hasNoAttemptLeft(
  scene: Pick<HistoricalSceneMetrics, 'status' | 'attempts'>,
  policy: QueuePolicy | undefined,
): boolean {
  if (scene.status === 'success' || scene.status === 'skipped') return true
  return policy !== undefined && scene.attempts > policy.sceneRetryBudget
}

const isTooLong = (run: RunProgress): boolean =>
  run.open === 0 && (run.scenes.size >= AD_HOC_MAX_SCENES || run.lastAt - run.firstAt >= AD_HOC_MAX_MS)

function ended(run: RunProgress, endedAt: number, isInterrupted: boolean): RunEnd {
  const hasSuccess = [...run.scenes.values()].some(({ status }) => status === 'success')
  return {
    kind: 'ended',
    endedAt,
    status: isInterrupted ? 'interrupted' : hasSuccess ? 'completed' : 'failed',
  }
}

/** What a stored run tells of its progress, for a recorder that takes it up again. */
export function progressOf(run: HistoricalRun): RunProgress {
  const { sceneCount, policy, told } = run
  const times = run.scenes.flatMap((scene) => [scene.queuedAt ?? 0, scene.endedAt ?? 0])
  return {
    runId: run.runId,
    isAdHoc: run.runId.startsWith('adhoc-'),
    firstAt: run.timestamp,
    lastAt: run.lastAt ?? Math.max(run.timestamp, run.endedAt ?? 0, ...times),
    open: 0,
    scenes: new Map(run.scenes.map((scene) => [scene.sceneId, scene])),
    ...definedMembers({ sceneCount, policy, told }),
  }
}
