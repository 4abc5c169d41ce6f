import type { Random } from '../services/shared/createRandom'
import type { ExecutionError, OutputFile } from '../types'
import type { Scenario } from './scenarios'
import type { Breakage, SimulatedPrompt } from './simulatedPrompt'

/** What executing one node of a graph is going to be. */
export interface NodePlan {
  readonly nodeId: string
  readonly nodeType: string
  readonly steps: number
  readonly stepMs: number
  /** What happens halfway. */
  readonly goesWrong: Breakage | 'never' | undefined
}

/** The graph's nodes in the order of their ids; samplers take the time, and are where things break. */
export function planOf(
  prompt: SimulatedPrompt,
  scenario: Scenario,
  random: Random,
  cold: boolean,
): readonly NodePlan[] {
  const noise = random.between(0.85, 1.2) * (cold ? scenario.coldFactor : 1)
  return Object.entries(prompt.graph).map(([nodeId, { class_type: nodeType }]): NodePlan => {
    const isSampler = /sampler|sleep/i.test(nodeType)
    const isLoader = /loader/i.test(nodeType)
    if (nodeType === 'Simulate') return simulated(nodeId, prompt)
    return {
      nodeId,
      nodeType,
      steps: isSampler ? scenario.steps : 1,
      stepMs: isSampler ? scenario.stepMs * noise : isLoader ? (cold ? 1_200 : 40) : 120,
      goesWrong: isSampler && prompt.outcome !== 'success' ? prompt.outcome : undefined,
    }
  })
}

/** A node that says itself how long it takes. */
function simulated(nodeId: string, { graph, outcome }: SimulatedPrompt): NodePlan {
  const seconds = Number(graph[nodeId]?.inputs.seconds ?? 1)
  const goesWrong = outcome === 'success' ? undefined : outcome
  return { nodeId, nodeType: 'Simulate', steps: 20, stepMs: seconds * 50, goesWrong }
}

/** What ComfyUI says of a prompt that broke so. */
export const ERRORS: Readonly<Record<Breakage, ExecutionError>> = {
  outOfMemory: {
    type: 'torch.OutOfMemoryError',
    message: 'Allocation on device 0 would exceed allowed memory. (out of memory)',
  },
  error: { type: 'ValueError', message: 'Sizes of tensors must match: expected 64, got 72' },
}

/** The files that a prompt which succeeds has saved. */
export function outputsOf(prompt: SimulatedPrompt): readonly OutputFile[] {
  return Object.entries(prompt.graph)
    .filter(([, node]) => /^Save/.test(node.class_type))
    .map(([nodeId]) => ({
      nodeId,
      filename: `scene_${String(prompt.number + 1).padStart(5, '0')}_.png`,
      subfolder: '',
      type: 'output',
    }))
}
