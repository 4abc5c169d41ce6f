import type { ExecutionError } from '../../types'
import type { Job } from '../history/jobRecords'
import { definedMembers } from '../shared/definedMembers'
import type { RunMessage } from '../wire/messages'
import type { PromptProblem } from '../wire/promptAnswer'
import type { OutcomeMessage } from '../wire/told'

/** That a run begins, with all that is known of it, was stopped, or ended. */
export function runMessage({ plan }: Job, event: RunMessage['event']): RunMessage {
  const { runName, storyId, policy, scenes } = plan.request
  const head =
    event === 'begin' ? { ...definedMembers({ runName, storyId }), sceneCount: scenes.length, policy } : {}
  return { type: 'run', runId: plan.runId, event, ...head }
}

/** How the queuing side ended a prompt. */
export function outcomeMessage(
  prompt: { readonly runId: string; readonly sceneId: string; readonly promptId: string },
  exitReason: OutcomeMessage['exitReason'],
  error?: ExecutionError,
): OutcomeMessage {
  const { runId, sceneId, promptId } = prompt
  return { type: 'outcome', promptId, runId, sceneId, exitReason, ...definedMembers({ error }) }
}

/** Why the server refused a scene, with the place that it named. */
export function problemSentence(
  sceneId: string,
  { nodeId, nodeType, input, message }: PromptProblem,
): string {
  const place = [
    nodeId === undefined ? '' : `node ${nodeId}${nodeType ? ` (${nodeType})` : ''}`,
    input ? `input ${input}` : '',
  ]
  return `${[sceneId, ...place.filter(Boolean)].join(', ')}: ${message}`
}
