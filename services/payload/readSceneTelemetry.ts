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
  readonly gpuName?: string
  readonly vramTotal?: number
  readonly vramFreeBefore?: number
  readonly vramBeforeMB?: number
  readonly vramAfterMB?: number
  /** After − before: negative is used. */
  readonly vramDeltaMB?: number
  readonly fallbackNotes: readonly string[]
}

/**
 * Reads a scene's `Telemetry` of an artifact file (host-facts.md). Older producers write camelCase, numbers and booleans as
 * strings; whatever else stands there is left out.
 */
export function readSceneTelemetry(file: unknown): SceneTelemetry {
  const scene = membersOf(file)
  const gpu = membersOf(scene.get('gpu'))
  const notes = membersOf(scene.get('system')).get('fallbacknotes')
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
    gpuName: text(gpu.get('name')),
    vramTotal: number(gpu.get('vramtotal')),
    vramFreeBefore: number(gpu.get('vramfreebefore')),
    vramBeforeMB: number(gpu.get('vrambeforemb')),
    vramAfterMB: number(gpu.get('vramaftermb')),
    vramDeltaMB: number(gpu.get('vramdeltamb'), true),
  }
  const fallbackNotes = Array.isArray(notes)
    ? notes.flatMap((note: unknown) => text(note) ?? []).slice(0, 20)
    : []
  return { ...withoutAbsent(fields), fallbackNotes }
}

const MAX_TEXT = 500

/** Names in lower case: PascalCase and camelCase are the same name. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return new Map(isObject ? Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]) : [])
}

function number(value: unknown, mayBeNegative = false): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) && (mayBeNegative || read >= 0) ? read : undefined
}

function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return word === 'true' ? true : word === 'false' ? false : undefined
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
function withoutAbsent<T extends object>(fields: T): Present<T>
function withoutAbsent(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
