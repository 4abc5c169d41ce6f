import type { RealtimeTelemetryUpdate } from '../../types'
import { createRecentMap } from '../shared/createRecentMap'
import { sceneKey } from '../shared/sceneKey'

/** Gives updates of a stream without ids the ids a history needs. One per connection. */
export interface BareUpdates {
  /** The update with runId and promptId, and whether it changed its scene's status. */
  identify(update: RealtimeTelemetryUpdate): {
    readonly update: RealtimeTelemetryUpdate
    readonly isLifecycle: boolean
  }
}

/** Somebody else's stream may invent scenes without end; the oldest are forgotten. */
const MAX_SCENES = 5_000

/**
 * An update without type and ids belongs to the run `bare-` + the UTC day of the connection's first message; its prompt is its scene
 * and the time of that scene's first update. A scene that ended and is told of again is another prompt
 * (docs/protocol.md, "Messages"). Ids that are given are kept.
 */
export function createBareUpdates(): BareUpdates {
  const current = createRecentMap<{ promptId: string; status: RealtimeTelemetryUpdate['status'] }>(MAX_SCENES)
  let day: string | undefined
  return {
    identify(update) {
      day ??= new Date(update.timestamp).toISOString().slice(0, 10)
      const runId = update.runId ?? `bare-${day}`
      const key = sceneKey(runId, update.sceneId)
      const known = current.get(key)
      const goesOn = known !== undefined && !startsAgain(known.status, update.status)
      const promptId = update.promptId ?? (goesOn ? known.promptId : `${update.sceneId}@${update.timestamp}`)
      const isLifecycle = known?.status !== update.status || known.promptId !== promptId
      current.set(key, { promptId, status: update.status })
      return { update: { ...update, runId, promptId }, isLifecycle }
    },
  }
}

const ended = (status: RealtimeTelemetryUpdate['status']): boolean =>
  status === 'completed' || status === 'failed'
const startsAgain = (
  before: RealtimeTelemetryUpdate['status'],
  now: RealtimeTelemetryUpdate['status'],
): boolean => ended(before) && !ended(now)
