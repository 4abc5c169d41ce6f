import { sceneKey } from '../../services/shared/sceneKey'
import type {
  Connection,
  LiveState,
  RealtimeState,
  RealtimeTelemetryUpdate,
  UseRealtimeTelemetryOptions,
} from '../../types'

/** What `useRealtimeTelemetry` shows of a live state. */
export interface LiveSelection {
  readonly telemetry: RealtimeTelemetryUpdate | null
  readonly scenes: RealtimeState['scenes']
  readonly connection: Connection
  readonly isStreaming: boolean
  readonly lastUpdate: number | null
  readonly error: string | null
}
type Scope = Pick<UseRealtimeTelemetryOptions, 'enabled' | 'runId' | 'sceneId'>

const NOTHING: LiveSelection = {
  telemetry: null,
  scenes: new Map(),
  connection: { status: 'idle' },
  isStreaming: false,
  lastUpdate: null,
  error: null,
}

/**
 * Narrows live states to a run or a scene. The answer is the same reference until something in it changed, so that an update of
 * one scene renders that scene only.
 */
export function createLiveSelector(scope: Scope): (state: LiveState) => LiveSelection {
  let last = NOTHING
  return (state) => {
    if (scope.enabled === false) return NOTHING
    const next = selectionOf(state, scope, last)
    if (!isSame(last, next)) last = next
    return last
  }
}

function selectionOf(state: LiveState, scope: Scope, last: LiveSelection): LiveSelection {
  const scenes = scenesOf(state, scope, last.scenes)
  const newest = newestOf(state, scenes)
  return {
    telemetry: newest?.update ?? null,
    scenes,
    connection: state.connection,
    isStreaming: isUp(state.connection) && newest?.update.status === 'executing',
    lastUpdate: newest?.receivedAt ?? null,
    error: state.problem ?? null,
  }
}

function scenesOf(state: LiveState, scope: Scope, last: RealtimeState['scenes']): RealtimeState['scenes'] {
  if (scope.runId === undefined && scope.sceneId === undefined) return state.scenes
  const runId = scope.runId ?? newestRunWith(state, scope.sceneId)
  const narrowed = scope.sceneId === undefined ? ofRun(state, runId) : oneScene(state, runId, scope.sceneId)
  return isSameMap(last, narrowed) ? last : narrowed
}

const ofRun = (state: LiveState, runId: string | undefined): RealtimeState['scenes'] =>
  new Map([...state.scenes].filter(([, update]) => update.runId === runId))

function oneScene(state: LiveState, runId: string | undefined, sceneId: string): RealtimeState['scenes'] {
  const key = sceneKey(runId ?? '', sceneId)
  const update = state.scenes.get(key)
  return new Map(update ? [[key, update]] : [])
}

function newestRunWith(state: LiveState, sceneId: string | undefined): string | undefined {
  const run = state.runs.find(({ runId }) =>
    sceneId === undefined ? true : state.scenes.has(sceneKey(runId, sceneId)),
  )
  return run?.runId
}

/** What executes is what one wants to see; else the one that was heard last. */
function newestOf(
  state: LiveState,
  scenes: RealtimeState['scenes'],
): { readonly update: RealtimeTelemetryUpdate; readonly receivedAt: number } | undefined {
  let newest: { update: RealtimeTelemetryUpdate; receivedAt: number } | undefined
  for (const [key, update] of scenes) {
    const receivedAt = state.receivedAt.get(key) ?? 0
    if (!newest || rank(update, receivedAt) >= rank(newest.update, newest.receivedAt))
      newest = { update, receivedAt }
  }
  return newest
}

const EXECUTING_FIRST = 1e15
const rank = (update: RealtimeTelemetryUpdate, receivedAt: number): number =>
  receivedAt + (update.status === 'executing' ? EXECUTING_FIRST : 0)

const isUp = ({ status }: Connection): boolean =>
  status === 'live' || status === 'stale' || status === 'replaying'

function isSame(a: LiveSelection, b: LiveSelection): boolean {
  return (
    a.telemetry === b.telemetry &&
    a.scenes === b.scenes &&
    a.connection === b.connection &&
    a.lastUpdate === b.lastUpdate &&
    a.error === b.error
  )
}

function isSameMap<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.get(key) === value)
}
