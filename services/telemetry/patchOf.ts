import type { LiveEvent, LiveState, RealtimeTelemetryUpdate, SceneKey } from '../../types'
import { OPTIONAL, PLAIN, type LivePatch, type PlainMember } from './livePatch'

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

function newEvents(before: readonly LiveEvent[], after: readonly LiveEvent[]): readonly LiveEvent[] {
  const last = before.at(-1)
  return before === after ? [] : after.slice(last ? after.lastIndexOf(last) + 1 : 0)
}

function newPoints(before: LiveState['trace'], after: LiveState['trace']): LiveState['trace'] {
  const last = before.points.at(-1)
  return { ...after, points: after.points.slice(last ? after.points.lastIndexOf(last) + 1 : 0) }
}
