import { flag, membersOf, number, text, texts, time } from './readMember'
import { definedMembers } from '../shared/definedMembers'

/** A scene's static telemetry as it is read: numbers are numbers, absent is absent. Units as in the file: seconds, MB (2²⁰). */
export interface SceneTelemetry {
  readonly durationSeconds?: number
  readonly pollAttempts?: number
  readonly exitReason?: string
  readonly executionSuccess?: boolean
  readonly postExecutionTimeoutReached?: boolean
  readonly maxWaitSeconds?: number
  readonly pollIntervalSeconds?: number
  /** 0 is unlimited. */
  readonly attemptLimit?: number
  readonly postExecutionTimeoutSeconds?: number
  /** Epoch ms. */
  readonly queueStart?: number
  readonly queueEnd?: number
  readonly flf2vSource?: string
  readonly flf2vFallback?: boolean
  readonly gpuName?: string
  readonly gpuIndex?: number
  readonly vramTotal?: number
  readonly vramFreeBefore?: number
  readonly vramFreeAfter?: number
  readonly vramBeforeMB?: number
  readonly vramAfterMB?: number
  /** After − before: negative is used. */
  readonly vramDeltaMB?: number
  readonly fallbackNotes: readonly string[]
}

/**
 * Reads a scene's `Telemetry` of an artifact file (docs/files.md, "The host's artifact file"). Older producers write camelCase, numbers and booleans as
 * strings; whatever else stands there is left out.
 */
export function readSceneTelemetry(file: unknown): SceneTelemetry {
  const scene = membersOf(file)
  const gpu = membersOf(scene.get('gpu'))
  const fields = {
    durationSeconds: number(scene.get('durationseconds')),
    pollAttempts: number(scene.get('historyattempts')),
    exitReason: text(scene.get('historyexitreason')),
    executionSuccess: flag(scene.get('executionsuccessdetected')),
    postExecutionTimeoutReached: flag(scene.get('historypostexecutiontimeoutreached')),
    maxWaitSeconds: number(scene.get('maxwaitseconds')),
    pollIntervalSeconds: number(scene.get('pollintervalseconds')),
    attemptLimit: number(scene.get('historyattemptlimit')),
    postExecutionTimeoutSeconds: number(scene.get('postexecutiontimeoutseconds')),
    queueStart: time(scene.get('queuestart')),
    queueEnd: time(scene.get('queueend')),
    flf2vSource: text(scene.get('flf2vsource')),
    flf2vFallback: flag(scene.get('flf2vfallback')),
    gpuName: text(gpu.get('name')),
    gpuIndex: number(gpu.get('index')),
    vramTotal: number(gpu.get('vramtotal')),
    vramFreeBefore: number(gpu.get('vramfreebefore')),
    vramFreeAfter: number(gpu.get('vramfreeafter')),
    vramBeforeMB: number(gpu.get('vrambeforemb')),
    vramAfterMB: number(gpu.get('vramaftermb')),
    vramDeltaMB: number(gpu.get('vramdeltamb'), true),
  }
  const fallbackNotes = texts(membersOf(scene.get('system')).get('fallbacknotes')).slice(0, MAX_NOTES)
  return { ...definedMembers(fields), fallbackNotes }
}

const MAX_NOTES = 20
