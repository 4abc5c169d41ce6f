import type { QueuePolicy } from '../../types'

/** The seven settings of a queue policy, in the order in which people are shown them. */
export const POLICY_MEMBERS = [
  'maxWaitSeconds',
  'maxAttempts',
  'pollIntervalSeconds',
  'postExecutionTimeoutSeconds',
  'sceneRetryBudget',
  'delayBetweenScenesSeconds',
  'batchSize',
] as const satisfies readonly (keyof QueuePolicy)[]
