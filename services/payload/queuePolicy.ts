import type { QueueConfig, QueuePolicy } from '../../types'

/**
 * The host's queue settings as a policy. What is absent, negative or no number is the host's default; the host has
 * no delay and no batch size, so these are 0. `toQueueConfig` leads back.
 */
export function toQueuePolicy(config: QueueConfig): QueuePolicy {
  return {
    maxWaitSeconds: seconds(config.HistoryMaxWaitSeconds, 600),
    maxAttempts: count(config.HistoryMaxAttempts, 0),
    pollIntervalSeconds: seconds(config.HistoryPollIntervalSeconds, 2),
    postExecutionTimeoutSeconds: seconds(config.PostExecutionTimeoutSeconds, 30),
    sceneRetryBudget: count(config.SceneRetryBudget, 1),
    delayBetweenScenesSeconds: 0,
    batchSize: 0,
  }
}

/** A policy in the host's words; its delay and batch size have no place there. */
export function toQueueConfig(policy: QueuePolicy): QueueConfig {
  return {
    SceneRetryBudget: policy.sceneRetryBudget,
    HistoryMaxWaitSeconds: policy.maxWaitSeconds,
    HistoryMaxAttempts: policy.maxAttempts,
    HistoryPollIntervalSeconds: policy.pollIntervalSeconds,
    PostExecutionTimeoutSeconds: policy.postExecutionTimeoutSeconds,
  }
}

const seconds = (value: number | undefined, absent: number): number =>
  value !== undefined && Number.isFinite(value) && value >= 0 ? value : absent

const count = (value: number | undefined, absent: number): number =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : absent
