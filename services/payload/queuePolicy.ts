import type { QueueConfig, QueuePolicy } from '../../types'
import { DEFAULT_POLICY } from '../shared/defaultPolicy'
import { definedMembers } from '../shared/definedMembers'

/** The host's queue settings as a policy; what is absent, negative or no number is its default. `toQueueConfig` leads back. */
export function toQueuePolicy(config: QueueConfig): QueuePolicy {
  const given = {
    maxWaitSeconds: seconds(config.HistoryMaxWaitSeconds),
    maxAttempts: count(config.HistoryMaxAttempts),
    pollIntervalSeconds: seconds(config.HistoryPollIntervalSeconds),
    postExecutionTimeoutSeconds: seconds(config.PostExecutionTimeoutSeconds),
    sceneRetryBudget: count(config.SceneRetryBudget),
  }
  return { ...DEFAULT_POLICY, ...definedMembers(given) }
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

const seconds = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined

const count = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined
