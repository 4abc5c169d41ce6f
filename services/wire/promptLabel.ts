import * as v from 'valibot'
import type { QueuePolicy } from '../../types'
import { parseWith } from './parse'
import { count, id, text } from './primitives'
import { lenient } from './stockEnd'
import { policySchema } from './update'

/** What the queuing side said about a prompt, in its `extra_data.telemetry` (docs/protocol.md). */
export interface PromptLabel {
  readonly runId: string
  readonly sceneId: string
  readonly runName?: string
  readonly storyId?: string
  readonly sceneCount?: number
  readonly attempt?: number
  readonly tags?: readonly string[]
  readonly policy?: QueuePolicy
}

const MAX_TAGS = 64

const schema = v.object({
  runId: id(),
  sceneId: id(),
  runName: lenient(text(256)),
  storyId: lenient(id()),
  sceneCount: lenient(count()),
  attempt: lenient(count()),
  tags: v.optional(v.unknown()),
  policy: v.optional(v.unknown()),
})

/**
 * The label, or undefined for a prompt that nobody labelled. Without a usable run and scene id it is no label; every other field
 * that is not what the protocol says is left out, as the node does it.
 */
export function parseLabel(extraData: unknown): PromptLabel | undefined {
  const given = memberOf(extraData, 'telemetry')
  const label = parseWith(schema, given)
  if (!label.ok) return undefined
  const { runId, sceneId, runName, storyId, sceneCount, attempt, tags, policy } = label.value
  const kept = tagsOf(tags)
  const whole = policyOf(policy)
  return {
    runId,
    sceneId,
    ...(runName === undefined ? {} : { runName }),
    ...(storyId === undefined ? {} : { storyId }),
    ...(sceneCount === undefined ? {} : { sceneCount }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(kept.length > 0 ? { tags: kept } : {}),
    ...(whole ? { policy: whole } : {}),
  }
}

/** A member of what may be an object; undefined where it is none. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  const member: unknown = Reflect.get(value, name)
  return member
}

function tagsOf(given: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(given) ? given.slice(0, MAX_TAGS) : []
  return entries.filter((tag): tag is string => typeof tag === 'string' && tag !== '' && tag.length <= 128)
}

/** A whole policy or none: half of one would be shown as one that never held. */
function policyOf(given: unknown): QueuePolicy | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const policy = parseWith(policySchema(), { delayBetweenScenesSeconds: 0, batchSize: 0, ...given })
  return policy.ok ? policy.value : undefined
}
