import type { ExecutionError, NodeTime, OutputFile, PromptGraph } from '../types'
import type { SimulatedOutcome } from './scenarios'

/** A prompt as ComfyUI's queue holds it. */
export interface SimulatedPrompt {
  readonly promptId: string
  readonly number: number
  readonly graph: PromptGraph
  readonly extraData: Readonly<Record<string, unknown>>
  readonly clientId?: string
  readonly queuedAt: number
  /** By the monotonic clock. */
  readonly queuedMono: number
  /** How it is going to end; only the simulator's own stories ask for anything but success. */
  readonly outcome: SimulatedOutcome
}
/** One that executes. */
export interface RunningPrompt extends SimulatedPrompt {
  readonly startedAt: number
  readonly startedMono: number
  readonly cold: boolean
  progress?: { value: number; max: number; nodeId: string; nodeType: string }
}
/** How executing a prompt may break. */
export type Breakage = Exclude<SimulatedOutcome, 'success' | 'never'>
/** How a prompt came to its end. */
export type EngineEnd = 'success' | Breakage | 'interrupted' | 'deleted'
/** One that has ended, whether it ever executed or not. */
export interface EndedPrompt extends SimulatedPrompt {
  readonly startedAt?: number
  /** Of the execution and of the wait before it, ms; absent for a prompt that never executed. */
  readonly duration?: number
  readonly queueWait?: number
  readonly endedAt: number
  readonly end: EngineEnd
  readonly error?: ExecutionError
  readonly nodeTimes: readonly NodeTime[]
  readonly outputs: readonly OutputFile[]
}
