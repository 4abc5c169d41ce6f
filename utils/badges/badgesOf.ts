import { readSceneTelemetry, type SceneTelemetry } from '../../services/payload/readSceneTelemetry'
import type { RealtimeTelemetryUpdate, SceneTelemetryMetadata } from '../../types'
import { describeOutcome, markOf, type SceneMark } from '../format/describeOutcome'
import { formatFree, formatMegabytes, speakFree } from '../format/formatBytes'
import { formatDuration, speakDuration } from '../format/formatDuration'
import { THIN } from '../format/thin'
import { isSaved } from '../live/isSaved'

/** One figure of the badges: what it is, what it says, what is read out, and where it comes from. */
export interface Badge {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly spoken: string
  readonly source: 'live' | 'saved'
  readonly mark?: SceneMark
  /** A clock runs by itself; its change is no news. */
  readonly isClock?: boolean
}
/** The badges of a scene. A live figure replaces the saved one of the same meaning; what isn't known has no badge. */
export function badgesOf(
  telemetry: SceneTelemetryMetadata | undefined,
  realtime: RealtimeTelemetryUpdate | null | undefined,
): readonly Badge[] {
  const saved = telemetry ? savedBadges(readSceneTelemetry(telemetry)) : []
  const live = realtime ? liveBadges(realtime).map((badge) => withSource(badge, realtime)) : []
  const replaced = new Set(live.map(({ id }) => id))
  return [...live, ...saved.filter(({ id }) => !replaced.has(id))]
}

/** An update may stand for what a file says. */
const withSource = (badge: Badge, update: RealtimeTelemetryUpdate): Badge =>
  isSaved(update) ? { ...badge, source: 'saved' } : badge

function liveBadges(update: RealtimeTelemetryUpdate): readonly Badge[] {
  const { status, exitReason, duration, attempts, gpuVramFree, gpuUtilization, gpus, gpuIndex, progress } =
    update
  const mark = markOf(status, exitReason)
  const total = gpus?.find(({ index }) => index === (gpuIndex ?? 0))?.vramTotal
  const why = describeOutcome({ reason: exitReason, error: update.error, policy: update.policy })
  return compact([
    badge('status', 'Status', mark, why ?? mark, 'live', { mark }),
    duration === undefined
      ? undefined
      : badge('duration', 'Duration', formatDuration(duration), speakDuration(duration), 'live', {
          isClock: status === 'executing',
        }),
    attempts === undefined
      ? undefined
      : badge('attempts', 'Attempts', String(attempts), String(attempts), 'live'),
    gpuVramFree === undefined
      ? undefined
      : badge('vram', 'Free VRAM', formatFree(gpuVramFree, total), speakFree(gpuVramFree, total), 'live'),
    gpuUtilization === undefined
      ? undefined
      : badge(
          'busy',
          'GPU busy',
          `${Math.round(gpuUtilization)}${THIN}%`,
          `${Math.round(gpuUtilization)} percent`,
          'live',
        ),
    progress === undefined || status !== 'executing'
      ? undefined
      : badge(
          'progress',
          progress.nodeType ?? 'Progress',
          `${progress.value} of ${progress.max}`,
          `${progress.value} of ${progress.max}`,
          'live',
          { isClock: true },
        ),
  ])
}

function savedBadges(scene: SceneTelemetry): readonly Badge[] {
  const seconds = (id: string, label: string, value: number | undefined): Badge | undefined =>
    value === undefined
      ? undefined
      : badge(id, label, formatDuration(value * 1_000), speakDuration(value * 1_000), 'saved')
  const memory = (id: string, label: string, value: number | undefined): Badge | undefined =>
    value === undefined ? undefined : plain(id, label, megabytes(value))
  const { pollAttempts, exitReason, executionSuccess, postExecutionTimeoutReached, attemptLimit } = scene
  return compact([
    seconds('duration', 'Duration', scene.durationSeconds),
    pollAttempts === undefined ? undefined : plain('polls', 'Poll Attempts', String(pollAttempts)),
    exitReason === undefined ? undefined : plain('exit', 'Exit Reason', exitReason),
    executionSuccess === undefined
      ? undefined
      : plain(
          'success',
          'Execution Success',
          executionSuccess ? 'yes' : 'no',
          executionSuccess ? 'completed' : 'failed',
        ),
    postExecutionTimeoutReached === undefined
      ? undefined
      : plain(
          'post-hit',
          'Post-Exec Timeout',
          postExecutionTimeoutReached ? 'reached' : 'not reached',
          postExecutionTimeoutReached ? 'timeout' : undefined,
        ),
    seconds('max-wait', 'Max Wait', scene.maxWaitSeconds),
    seconds('poll-interval', 'Poll Interval', scene.pollIntervalSeconds),
    attemptLimit === undefined
      ? undefined
      : plain('limit', 'Attempt Limit', attemptLimit > 0 ? String(attemptLimit) : 'unlimited'),
    seconds('post-limit', 'Post-Exec Timeout Limit', scene.postExecutionTimeoutSeconds),
    scene.gpuName === undefined ? undefined : plain('gpu', 'GPU', scene.gpuName),
    scene.vramFreeBefore === undefined || scene.vramBeforeMB !== undefined
      ? undefined
      : badge(
          'vram',
          'Free VRAM',
          formatFree(scene.vramFreeBefore, scene.vramTotal),
          speakFree(scene.vramFreeBefore, scene.vramTotal),
          'saved',
        ),
    memory('vram-before', 'VRAM Before', scene.vramBeforeMB),
    memory('vram-after', 'VRAM After', scene.vramAfterMB),
    scene.vramDeltaMB === undefined
      ? undefined
      : plain(
          'vram-delta',
          'VRAM Delta',
          `${scene.vramDeltaMB > 0 ? '+' : ''}${megabytes(scene.vramDeltaMB)}`,
        ),
  ])
}

/** The notes about what fell back, in the file's words. */
export const fallbackNotesOf = (telemetry: SceneTelemetryMetadata | undefined): readonly string[] =>
  telemetry ? readSceneTelemetry(telemetry).fallbackNotes : []

function badge(
  id: string,
  label: string,
  value: string,
  spoken: string,
  source: Badge['source'],
  more: Pick<Badge, 'mark' | 'isClock'> = {},
): Badge {
  return { id, label, value, spoken, source, ...more }
}

const plain = (id: string, label: string, value: string, mark?: SceneMark): Badge =>
  badge(id, label, value, value, 'saved', mark ? { mark } : {})

function megabytes(value: number): string {
  return Math.abs(value) < 1_024 ? formatMegabytes(value * 2 ** 20) : `${(value / 1_024).toFixed(1)}${THIN}GB`
}

const compact = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.flatMap((value) => value ?? [])
