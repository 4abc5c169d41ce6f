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
    given(duration, (ms) =>
      badge('duration', 'Duration', formatDuration(ms), speakDuration(ms), 'live', {
        isClock: status === 'executing',
      }),
    ),
    given(attempts, (times) => badge('attempts', 'Attempts', String(times), String(times), 'live')),
    given(gpuVramFree, (free) =>
      badge('vram', 'Free VRAM', formatFree(free, total), speakFree(free, total), 'live'),
    ),
    given(gpuUtilization, (share) => {
      const whole = Math.round(share)
      return badge('busy', 'GPU busy', `${whole}${THIN}%`, `${whole} percent`, 'live')
    }),
    given(status === 'executing' ? progress : undefined, ({ value, max, nodeType = 'Progress' }) => {
      const text = `${value} of ${max}`
      return badge('progress', nodeType, text, text, 'live', { isClock: true })
    }),
  ])
}

function savedBadges(scene: SceneTelemetry): readonly Badge[] {
  const { vramFreeBefore, vramTotal } = scene
  return compact([
    seconds('duration', 'Duration', scene.durationSeconds),
    given(scene.pollAttempts, (polls) => plain('polls', 'Poll Attempts', String(polls))),
    given(scene.exitReason, (reason) => plain('exit', 'Exit Reason', reason)),
    given(scene.executionSuccess, (isSuccess) =>
      plain('success', 'Execution Success', isSuccess ? 'yes' : 'no', isSuccess ? 'completed' : 'failed'),
    ),
    given(scene.postExecutionTimeoutReached, (isReached) =>
      isReached
        ? plain('post-hit', 'Post-Exec Timeout', 'reached', 'timeout')
        : plain('post-hit', 'Post-Exec Timeout', 'not reached'),
    ),
    seconds('max-wait', 'Max Wait', scene.maxWaitSeconds),
    seconds('poll-interval', 'Poll Interval', scene.pollIntervalSeconds),
    given(scene.attemptLimit, (limit) =>
      plain('limit', 'Attempt Limit', limit > 0 ? String(limit) : 'unlimited'),
    ),
    seconds('post-limit', 'Post-Exec Timeout Limit', scene.postExecutionTimeoutSeconds),
    given(scene.gpuName, (name) => plain('gpu', 'GPU', name)),
    given(scene.vramBeforeMB === undefined ? vramFreeBefore : undefined, (free) =>
      badge('vram', 'Free VRAM', formatFree(free, vramTotal), speakFree(free, vramTotal), 'saved'),
    ),
    memory('vram-before', 'VRAM Before', scene.vramBeforeMB),
    memory('vram-after', 'VRAM After', scene.vramAfterMB),
    given(scene.vramDeltaMB, (delta) =>
      plain('vram-delta', 'VRAM Delta', `${delta > 0 ? '+' : ''}${megabytes(delta)}`),
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

const seconds = (id: string, label: string, value: number | undefined): Badge | undefined =>
  given(value, (s) => badge(id, label, formatDuration(s * 1_000), speakDuration(s * 1_000), 'saved'))

const memory = (id: string, label: string, value: number | undefined): Badge | undefined =>
  given(value, (mb) => plain(id, label, megabytes(mb)))

function megabytes(value: number): string {
  return Math.abs(value) < 1_024 ? formatMegabytes(value * 2 ** 20) : `${(value / 1_024).toFixed(1)}${THIN}GB`
}

const given = <T>(value: T | undefined, make: (value: T) => Badge): Badge | undefined =>
  value === undefined ? undefined : make(value)

const compact = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.flatMap((value) => value ?? [])
