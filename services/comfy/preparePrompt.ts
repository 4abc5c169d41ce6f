import type { GenerateRequest, PromptGraph } from '../../types'
import { definedMembers } from '../shared/definedMembers'

/** The graph with the policy's batch size in every input of that name; 0 leaves it as the workflow has it. */
export function withBatchSize(graph: PromptGraph, batchSize: number): PromptGraph {
  if (batchSize === 0) return graph
  const nodes = Object.entries(graph).map(([nodeId, node]) =>
    'batch_size' in node.inputs
      ? [nodeId, { ...node, inputs: { ...node.inputs, batch_size: batchSize } }]
      : [nodeId, node],
  )
  return Object.fromEntries(nodes)
}

/** `extra_data` of a scene's prompt: who it is for the node and every browser (docs/protocol.md, "Where the ids come from"). */
export function labelsOf(
  request: Omit<GenerateRequest, 'scenes'>,
  scene: {
    readonly runId: string
    readonly sceneId: string
    readonly sceneCount: number
    readonly attempt: number
  },
): { readonly telemetry: unknown } {
  const { runName, storyId, tags, policy } = request
  // A limit that counts from when nothing is before the prompt is the node's to keep as well.
  const keepPolicy = policy.maxWaitSeconds > 0
  return { telemetry: { ...scene, ...definedMembers({ runName, storyId, tags }), policy, keepPolicy } }
}
