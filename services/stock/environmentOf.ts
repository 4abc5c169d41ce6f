import type { RunEnvironment } from '../../types'
import { workflowSummary } from '../comfy/workflowSummary'
import { definedMembers } from '../shared/definedMembers'
import type { SystemStats } from '../wire/systemStats'

const MAX_MODELS = 256
const MAX_MODEL_NAME = 512

/** What a prompt ran with, by its graph and its server's figures. What a hostile graph makes unreadable is left out. */
export function environmentOf(graph: unknown, stats: SystemStats | undefined): RunEnvironment {
  const { models = [], ...summary } = summaryOf(graph)
  const named = models.filter((name) => name.length <= MAX_MODEL_NAME).slice(0, MAX_MODELS)
  return {
    ...summary,
    ...(named.length > 0 ? { models: named } : {}),
    // ComfyUI executes on the first device that it lists.
    ...definedMembers({
      gpuName: stats?.gpus[0]?.name,
      comfyVersion: stats?.comfyVersion,
      torchVersion: stats?.torchVersion,
    }),
  }
}

function summaryOf(graph: unknown): RunEnvironment {
  try {
    return workflowSummary(graph)
  } catch {
    return {} // nested without end
  }
}
