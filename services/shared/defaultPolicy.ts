import type { QueuePolicy } from '../../types'

/** The host's defaults, and what it has no setting for left at 0: no delay, the workflow's own batch size (docs/files.md). */
export const DEFAULT_POLICY: QueuePolicy = {
  maxWaitSeconds: 600,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 0,
  batchSize: 0,
}
