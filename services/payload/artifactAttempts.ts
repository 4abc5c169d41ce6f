import type { AttemptRecord, ExitReason, GpuSummary } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { exitReasons } from '../shared/exitReason'
import { ARTIFACT_SOURCE } from './artifactSource'
import { flag, membersOf, number, texts, time } from './readMember'
import type { SceneTelemetry } from './readSceneTelemetry'

/**
 * The attempts of a scene of an artifact file: those that were summed up, else the one that its own members tell. The figures of
 * its telemetry are the last attempt's; of the others only number, end, duration and success are known.
 */
export function artifactAttempts(
  scene: ReadonlyMap<string, unknown>,
  telemetry: SceneTelemetry,
): readonly AttemptRecord[] {
  const told = summariesOf(scene.get('attemptsummaries'))
  const last = told.at(-1)
  return [...told.slice(0, -1).map(earlierAttempt), lastAttempt(scene, telemetry, last)]
}

interface Summary {
  readonly attempt: number
  readonly endedAt: number | undefined
  readonly duration: number | undefined
  readonly success: boolean | undefined
}

/** In the order of their numbers; what has none is counted. */
function summariesOf(value: unknown): readonly Summary[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : []
  return entries
    .map((entry, index): Summary => {
      const summary = membersOf(entry)
      return {
        attempt: attemptNumber(summary.get('attempt')) ?? index + 1,
        // What was made and whether it succeeded is known when the attempt is over.
        endedAt: time(summary.get('timestamp')),
        duration: milliseconds(number(summary.get('durationseconds'))),
        success: flag(summary.get('success')),
      }
    })
    .sort((a, b) => a.attempt - b.attempt)
}

function earlierAttempt({ attempt, endedAt, duration, success }: Summary): AttemptRecord {
  const exitReason = success === true ? 'success' : success === false ? 'error' : 'unknown'
  return { attempt, source: ARTIFACT_SOURCE, exitReason, ...definedMembers({ endedAt, duration }) }
}

function lastAttempt(
  scene: ReadonlyMap<string, unknown>,
  telemetry: SceneTelemetry,
  summary: Summary | undefined,
): AttemptRecord {
  const exitReason = exitReasonOf(telemetry, flag(scene.get('success')) ?? summary?.success)
  const [message] = texts(scene.get('errors'))
  const failed = exitReason !== 'success' && message !== undefined
  const duration =
    milliseconds(telemetry.durationSeconds) ??
    summary?.duration ??
    milliseconds(number(scene.get('durationseconds')))
  return {
    attempt: summary?.attempt ?? attemptNumber(scene.get('attemptsrun')) ?? 1,
    source: ARTIFACT_SOURCE,
    exitReason,
    ...definedMembers({
      queuedAt: telemetry.queueStart,
      endedAt: telemetry.queueEnd ?? summary?.endedAt,
      duration,
      gpuName: telemetry.gpuName,
      gpuIndex: telemetry.gpuIndex,
      gpu: gpuOf(telemetry),
      maxWait: milliseconds(telemetry.maxWaitSeconds || undefined),
      error: failed ? { type: 'Artifact', message } : undefined,
    }),
  }
}

/**
 * The host's word for how it stopped waiting, where it is one of ours; a success of its waiting is one of the scene only if the
 * scene is not said to have failed.
 */
function exitReasonOf(telemetry: SceneTelemetry, success: boolean | undefined): ExitReason {
  const word = telemetry.exitReason?.toLowerCase()
  const told = exitReasons.find((reason) => reason.toLowerCase() === word)
  if (told !== undefined && told !== 'success' && told !== 'unknown') return told
  if (telemetry.postExecutionTimeoutReached === true) return 'postExecution'
  if (success === false) return 'error'
  return success === true || told === 'success' ? 'success' : 'unknown'
}

/** Free memory before and after, in bytes where the file has them, else from MB. A total of 0 is a GPU that was not read. */
function gpuOf(telemetry: SceneTelemetry): GpuSummary | undefined {
  const { vramTotal, vramFreeBefore, vramFreeAfter, vramBeforeMB, vramAfterMB, vramDeltaMB } = telemetry
  if (vramTotal === 0) return undefined
  const before = vramFreeBefore ?? bytes(vramBeforeMB)
  const known = vramFreeAfter ?? bytes(vramAfterMB)
  const change = bytes(vramDeltaMB)
  const after = known ?? (before === undefined || change === undefined ? undefined : before + change)
  const free = [before, after].flatMap((value) => (value === undefined || value < 0 ? [] : value))
  if (free.length === 0) return undefined
  const sum = free.reduce((total, value) => total + value, 0)
  return { samples: free.length, vramFreeMean: sum / free.length, vramFreeMin: Math.min(...free) }
}

function attemptNumber(value: unknown): number | undefined {
  const read = number(value)
  return read !== undefined && Number.isSafeInteger(read) && read >= 1 ? read : undefined
}

const MEGABYTE = 2 ** 20

const bytes = (megabytes: number | undefined): number | undefined =>
  megabytes === undefined ? undefined : megabytes * MEGABYTE
const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1_000)
