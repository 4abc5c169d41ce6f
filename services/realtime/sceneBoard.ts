import type { RealtimeTelemetryUpdate, SceneKey } from '../../types'
import { supersedes } from '../shared/exitReason'
import { sceneKey } from '../shared/sceneKey'

/** What one update did to the board. `lifecycle` ones changed a prompt's state, `sample` ones its readings. */
export type Applied = 'lifecycle' | 'sample' | 'ignored'

/**
 * The newest of every scene, of the runs that the page still shows; of more than MAX_SCENES the ones told of first are shown no
 * more, those that ended before those that are open.
 */
export interface SceneBoard {
  apply(update: RealtimeTelemetryUpdate, isLifecycle: boolean, receivedAt: number): Applied
  /** Ends what is open but not among `promptIds`: a server that forgot them will never say how they ended. */
  forgetOpenExcept(promptIds: ReadonlySet<string>): void
  dropRun(runId: string): void
  /** Answers whether it was the last of its run. */
  dropScene(runId: string, sceneId: string): boolean
  isExecuting(): boolean
  /** The same references until something changed. */
  scenes(): ReadonlyMap<SceneKey, RealtimeTelemetryUpdate>
  receivedAt(): ReadonlyMap<SceneKey, number>
}

/**
 * Fields told once that hold for the whole prompt: carried over from the update before. Readings are not among them:
 * a value that an update leaves out isn't known any more.
 */
const LASTING = [
  'source',
  'runId',
  'runName',
  'storyId',
  'promptId',
  'attempt',
  'attempts',
  'attemptGiven',
  'sceneCount',
  'tags',
  'policy',
  'queueWait',
  'environment',
  'cold',
  'cached',
] as const satisfies readonly (keyof RealtimeTelemetryUpdate)[]

/** As many as a `state` message may carry; whoever invents scenes without end is not ComfyUI. */
export const MAX_SCENES = 10_000
/** So many at once make room for the next. */
const ROOM = 500

export function createSceneBoard(): SceneBoard {
  const scenes = new Map<SceneKey, RealtimeTelemetryUpdate>()
  const received = new Map<SceneKey, number>()
  const executing = new Set<SceneKey>()
  let scenesView: ReadonlyMap<SceneKey, RealtimeTelemetryUpdate> | undefined
  let receivedView: ReadonlyMap<SceneKey, number> | undefined

  const put = (key: SceneKey, update: RealtimeTelemetryUpdate, receivedAt: number): void => {
    scenes.set(key, update)
    received.set(key, receivedAt)
    if (update.status === 'executing') executing.add(key)
    else executing.delete(key)
    scenesView = receivedView = undefined
    if (scenes.size > MAX_SCENES) makeRoom()
  }

  const remove = (key: SceneKey): void => {
    scenes.delete(key)
    received.delete(key)
    executing.delete(key)
    scenesView = receivedView = undefined
  }

  const makeRoom = (): void => {
    const byAge = [...scenes]
    const ended = byAge.filter(([, update]) => isTerminal(update))
    for (const [key] of [...ended, ...byAge].slice(0, ROOM)) remove(key)
  }

  return {
    apply(update, isLifecycle, receivedAt) {
      const key = sceneKey(update.runId ?? '', update.sceneId)
      const before = scenes.get(key)
      const samePrompt = before?.promptId === update.promptId
      if (before && samePrompt ? isLate(before, update, isLifecycle) : !isLifecycle) return 'ignored'
      if (before && !samePrompt && !replaces(before, update)) return 'lifecycle'
      put(key, before && samePrompt ? carryOver(before, update) : update, receivedAt)
      return isLifecycle ? 'lifecycle' : 'sample'
    },
    forgetOpenExcept(promptIds) {
      for (const [key, update] of scenes) {
        if (isTerminal(update) || (update.promptId !== undefined && promptIds.has(update.promptId))) continue
        put(key, { ...update, status: 'failed', exitReason: 'unknown' }, received.get(key) ?? 0)
      }
    },
    dropRun(runId) {
      for (const [key, update] of scenes) if ((update.runId ?? '') === runId) remove(key)
    },
    dropScene(runId, sceneId) {
      const key = sceneKey(runId, sceneId)
      if (!scenes.has(key)) return false
      remove(key)
      return ![...scenes.values()].some((update) => (update.runId ?? '') === runId)
    },
    isExecuting: () => executing.size > 0,
    scenes: () => (scenesView ??= new Map(scenes)),
    receivedAt: () => (receivedView ??= new Map(received)),
  }
}

/** Whether it tells a prompt's end. */
export const isTerminal = (update: RealtimeTelemetryUpdate): boolean =>
  update.status === 'completed' || update.status === 'failed'

/** Of the same prompt: what is older than the newest, a sample of what doesn't execute, or comes after the end. */
function isLate(
  before: RealtimeTelemetryUpdate,
  update: RealtimeTelemetryUpdate,
  isLifecycle: boolean,
): boolean {
  if (!isLifecycle) return before.status !== 'executing' || update.timestamp < before.timestamp
  if (before.seq !== undefined && update.seq !== undefined && update.seq <= before.seq) return true
  if (!isTerminal(before)) return false
  return !supersedes(update.exitReason ?? 'unknown', before.exitReason ?? 'unknown')
}

/** Of another prompt of the scene: a queued one does not hide the one that executes, an old one's end not a newer one. */
function replaces(before: RealtimeTelemetryUpdate, update: RealtimeTelemetryUpdate): boolean {
  if (before.status === 'executing' && update.status === 'queued') return false
  const isNewer = (update.attempt ?? 1) >= (before.attempt ?? 1)
  return isNewer || isTerminal(before)
}

function carryOver(
  before: RealtimeTelemetryUpdate,
  update: RealtimeTelemetryUpdate,
): RealtimeTelemetryUpdate {
  const lasting: Partial<RealtimeTelemetryUpdate> = {}
  for (const field of LASTING)
    Object.assign(lasting, before[field] === undefined ? {} : { [field]: before[field] })
  const seq = update.seq ?? before.seq
  return { ...lasting, ...update, ...(seq === undefined ? {} : { seq }) }
}
