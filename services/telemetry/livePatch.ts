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
type PlainMember = (typeof PLAIN)[number]

const OPTIONAL = ['problem', 'server', 'lastUpdate'] as const
const PLAIN = [...OPTIONAL, 'connection', 'gpus', 'gaps', 'counters', 'runs'] as const
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

/** The way from one state to a later one; `applyPatch(before, patchOf(before, after))` equals `after`. */
export function patchOf(before: LiveState, after: LiveState): LivePatch {
  const members: Partial<Pick<LiveState, PlainMember>> = {}
  for (const name of PLAIN) {
    if (before[name] !== after[name] && after[name] !== undefined)
      Object.assign(members, { [name]: after[name] })
  }
  const scenes: (readonly [SceneKey, RealtimeTelemetryUpdate, number])[] = []
  if (before.scenes !== after.scenes) {
    for (const [key, update] of after.scenes) {
      if (before.scenes.get(key) !== update) scenes.push([key, update, after.receivedAt.get(key) ?? 0])
    }
  }
  const removed = [...before.scenes.keys()].filter((key) => !after.scenes.has(key))
  return {
    members,
    gone: OPTIONAL.filter((name) => before[name] !== undefined && after[name] === undefined),
    scenes,
    removed,
    events: newEvents(before.events, after.events),
    ...(before.trace === after.trace ? {} : { trace: newPoints(before.trace, after.trace) }),
  }
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

function newEvents(before: readonly LiveEvent[], after: readonly LiveEvent[]): readonly LiveEvent[] {
  const last = before.at(-1)
  return before === after ? [] : after.slice(last ? after.lastIndexOf(last) + 1 : 0)
}

function newPoints(before: LiveState['trace'], after: LiveState['trace']): LiveState['trace'] {
  const last = before.points.at(-1)
  return { ...after, points: after.points.slice(last ? after.points.lastIndexOf(last) + 1 : 0) }
}
