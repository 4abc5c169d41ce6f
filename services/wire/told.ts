import * as v from 'valibot'
import type { ExecutionError } from '../../types'
import type { RunMessage } from './messages'
import { count, id, optional, text, time } from './primitives'
import { policySchema } from './update'

/** What only the queuing side can know of a prompt's end. */
export interface OutcomeMessage {
  readonly type: 'outcome'
  readonly promptId: string
  readonly runId: string
  readonly sceneId: string
  readonly exitReason: 'maxWait' | 'attemptLimit' | 'postExecution' | 'rejected'
  readonly error?: ExecutionError
}
/** A prompt that carries no labels belongs to this scene: a host that queues by itself says so. */
export interface LabelMessage {
  readonly type: 'label'
  readonly promptId: string
  readonly runId: string
  readonly sceneId: string
}
/** What the queuing side tells the recorders of a server, `base` its HTTP base. `at` by the teller's clock, epoch ms. */
export type ToldMessage = (OutcomeMessage | LabelMessage | RunMessage) & {
  readonly base: string
  readonly at: number
}

const frame = { base: text(2_048), at: time() }
const scene = { promptId: id(), runId: id(), sceneId: id() }

/** As it may come from another tab, whose build may be another one. */
export const toldSchema = v.union([
  v.object({
    ...frame,
    ...scene,
    type: v.literal('outcome'),
    exitReason: v.picklist(['maxWait', 'attemptLimit', 'postExecution', 'rejected']),
    error: optional(
      v.object({
        type: text(256),
        message: text(4_096),
        nodeId: optional(id()),
        nodeType: optional(id()),
      }),
    ),
  }),
  v.object({ ...frame, ...scene, type: v.literal('label') }),
  v.object({
    ...frame,
    type: v.literal('run'),
    runId: id(),
    event: v.picklist(['begin', 'stopped', 'ended']),
    timestamp: optional(time()),
    runName: optional(text(256)),
    storyId: optional(id()),
    sceneCount: optional(count()),
    policy: optional(policySchema()),
  }),
]) satisfies v.GenericSchema<unknown, ToldMessage>
