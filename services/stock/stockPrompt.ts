import type {
  ExecutionError,
  ExitReason,
  GpuReading,
  RealtimeTelemetryUpdate,
  RunEnvironment,
} from '../../types'
import type { OpenPrompt } from '../history/recorderStore'
import { definedMembers } from '../shared/definedMembers'
import type { PromptLabel } from '../wire/promptLabel'
import type { StockEntry } from '../wire/stockPrompts'
import { cachedShare, endOf } from './endOf'

type Update = RealtimeTelemetryUpdate
/** What says which attempt of which scene an update is about. */
export type Identity = Pick<Update, 'sceneId' | 'attempts'> &
  Required<Pick<Update, 'source' | 'runId' | 'promptId' | 'attempt'>> &
  Partial<Update>

/** A prompt that has not ended, as far as a stock server shows it. Times by the server's clock. */
export interface OpenPromptState {
  readonly identity: Identity
  /** In the order of queuing since the server began. */
  readonly number?: number
  graph: unknown
  environment: RunEnvironment
  /** As it was told; `new` when nothing was told yet. */
  status: 'new' | 'queued' | 'executing'
  hasExecuted: boolean
  queuedAt?: number
  startedAt?: number
  cold?: boolean
  cachedNodes?: number
  progress?: NonNullable<Update['progress']>
}

/** The scene's and the run's own words go with every update; a number of the queuing side's that differs is kept. */
export function identityOf(source: string, promptId: string, label: PromptLabel, attempt: number): Identity {
  const { runId, sceneId, attempt: given, ...words } = label
  return {
    source,
    runId,
    sceneId,
    promptId,
    attempt,
    attempts: attempt,
    ...words,
    ...(given === undefined || given === attempt ? {} : { attemptGiven: given }),
  }
}

/** A prompt as the stored history left it open; its graph is seen again when the queue shows it. */
export function restoredPrompt(stored: OpenPrompt, source: string): OpenPromptState {
  const { promptId, queuedAt, startedAt } = stored
  const { timestamp: _t, status, environment, queueRemaining: _q, ...words } = stored.update
  const { runId = '', attempt = 1 } = words
  return {
    identity: { ...words, source, promptId, runId, attempt },
    graph: undefined,
    environment: environment ?? {},
    status: 'new',
    hasExecuted: status === 'executing',
    ...definedMembers({ queuedAt, startedAt }),
  }
}

/** `at` stands in for a time that nobody told. */
export function queuedUpdate(prompt: OpenPromptState, at: number, queueRemaining: number): Update {
  return { ...prompt.identity, status: 'queued', timestamp: prompt.queuedAt ?? at, queueRemaining }
}

/** `at` stands in for a start that nobody told. */
export function executingUpdate(prompt: OpenPromptState, at: number): Update {
  return {
    ...prompt.identity,
    status: 'executing',
    timestamp: prompt.startedAt ?? at,
    environment: prompt.environment,
    ...lasting(prompt),
  }
}

/** A reading of a prompt that executes. */
export function sampleOf(prompt: OpenPromptState, at: number, gpus: readonly GpuReading[]): Update {
  const { startedAt, progress } = prompt
  const [main] = gpus
  return {
    ...prompt.identity,
    status: 'executing',
    timestamp: Math.max(at, startedAt ?? at),
    ...lasting(prompt),
    ...definedMembers({
      duration: startedAt === undefined ? undefined : Math.max(0, at - startedAt),
      progress,
      gpus: gpus.length > 0 ? gpus : undefined,
      gpuIndex: main?.index,
      gpuVramFree: main?.vramFree,
      gpuUtilization: main?.utilization,
    }),
  }
}

/** The end as the history has it: with the server's own times. */
export function endedUpdate(prompt: OpenPromptState, entry: StockEntry, at: number): Update {
  const { end, outputs, startedAt = prompt.startedAt } = entry
  const cachedNodes = entry.cachedNodes ?? prompt.cachedNodes
  return terminalUpdate(
    { ...prompt, ...definedMembers({ startedAt, cachedNodes }), graph: entry.graph },
    endOf(end, entry.status),
    end?.timestamp ?? startedAt ?? at,
    outputs.length > 0 ? { outputs } : {},
  )
}

/** An end that no history entry tells. */
export function terminalUpdate(
  prompt: OpenPromptState,
  end: { readonly exitReason: ExitReason; readonly error?: ExecutionError },
  at: number,
  more: Partial<Update> = {},
): Update {
  const { startedAt } = prompt
  return {
    ...prompt.identity,
    status: end.exitReason === 'success' ? 'completed' : 'failed',
    timestamp: at,
    exitReason: end.exitReason,
    environment: prompt.environment,
    ...lasting(prompt),
    ...definedMembers({
      duration: startedAt === undefined ? undefined : Math.max(0, at - startedAt),
      error: end.error,
    }),
    ...more,
  }
}

function lasting({ queuedAt, startedAt, cold, cachedNodes, graph }: OpenPromptState): Partial<Update> {
  const knowsWait = queuedAt !== undefined && startedAt !== undefined
  return definedMembers({
    queueWait: knowsWait ? Math.max(0, startedAt - queuedAt) : undefined,
    cold,
    cached: cachedShare(cachedNodes, graph),
  })
}
