import type { LiveEvent, LiveState, RealtimeTelemetryUpdate, SceneKey } from '../../types'

/** What changed between two live states: small enough to cross a thread thirty times a second. */
export interface LivePatch {
  /** Members that are replaced whole. */
  readonly members: Partial<Pick<LiveState, PlainMember>>
  /** Optional members that are there no more. */
  readonly gone: readonly OptionalMember[]
  readonly scenes: readonly (readonly [SceneKey, RealtimeTelemetryUpdate, number])[]
  readonly removed: readonly SceneKey[]
  /** New lines of the event log. */
  readonly events: readonly LiveEvent[]
  readonly trace?: {
    readonly source: string
    readonly points: LiveState['trace']['points']
    readonly gaps: LiveState['trace']['gaps']
  }
}
type OptionalMember = (typeof OPTIONAL)[number]
export type PlainMember = (typeof PLAIN)[number]

/** Members that may be absent, and those that a patch replaces whole. */
export const OPTIONAL = ['problem', 'silentSince', 'server', 'lastUpdate'] as const
export const PLAIN = [...OPTIONAL, 'connection', 'gpus', 'gaps', 'counters', 'runs'] as const
const MAX_EVENTS = 200
const MAX_POINTS = 600

/** A state with nothing in it, from which the first patch leads to the first state. */
export const EMPTY_LIVE_STATE: LiveState = {
  connection: { status: 'idle' },
  scenes: new Map(),
  gpus: [],
  gaps: [],
  counters: { received: 0, applied: 0, refused: 0, replayed: 0, lost: 0, samplesDropped: 0 },
  runs: [],
  events: [],
  trace: { source: '', points: [], gaps: [] },
  receivedAt: new Map(),
}

/** References of what the patch doesn't touch are kept, so that nothing re-renders for it. */
export function applyPatch(before: LiveState, patch: LivePatch): LiveState {
  const after = { ...before, ...patch.members }
  for (const name of patch.gone) Reflect.deleteProperty(after, name)
  if (patch.scenes.length > 0 || patch.removed.length > 0) Object.assign(after, patchScenes(before, patch))
  if (patch.events.length > 0) after.events = [...before.events, ...patch.events].slice(-MAX_EVENTS)
  if (patch.trace) {
    after.trace = {
      ...patch.trace,
      points: [...before.trace.points, ...patch.trace.points].slice(-MAX_POINTS),
    }
  }
  return after
}

function patchScenes(before: LiveState, patch: LivePatch): Pick<LiveState, 'scenes' | 'receivedAt'> {
  const scenes = new Map(before.scenes)
  const receivedAt = new Map(before.receivedAt)
  for (const key of patch.removed) {
    scenes.delete(key)
    receivedAt.delete(key)
  }
  for (const [key, update, at] of patch.scenes) {
    scenes.set(key, update)
    receivedAt.set(key, at)
  }
  return { scenes, receivedAt }
}
