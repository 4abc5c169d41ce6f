import type { QueueConfig, QueuePolicy } from '../../types'
import { formatDuration } from './formatDuration'

/** The settings that a host's queue configuration names; what it leaves out or garbles is absent, not a default. */
export function policyOfConfig(config: QueueConfig): Partial<QueuePolicy> {
  const given: Partial<Record<keyof QueuePolicy, unknown>> = {
    maxWaitSeconds: config.HistoryMaxWaitSeconds,
    maxAttempts: config.HistoryMaxAttempts,
    pollIntervalSeconds: config.HistoryPollIntervalSeconds,
    postExecutionTimeoutSeconds: config.PostExecutionTimeoutSeconds,
    sceneRetryBudget: config.SceneRetryBudget,
  }
  return Object.fromEntries(
    Object.entries(given).filter(
      ([, value]) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
    ),
  )
}

/** When a scene is given up at the latest, and how often it is tried: the policy in a sentence. */
export function policySentence(policy: Partial<QueuePolicy>): string | undefined {
  const { maxWaitSeconds, maxAttempts, pollIntervalSeconds, sceneRetryBudget } = policy
  if (maxWaitSeconds === undefined) return undefined
  const polled = maxAttempts && pollIntervalSeconds ? maxAttempts * pollIntervalSeconds : Infinity
  const limit = Math.min(maxWaitSeconds, polled)
  const by = polled < maxWaitSeconds ? ', after the last poll' : ''
  const again =
    sceneRetryBudget === undefined
      ? ''
      : sceneRetryBudget === 0
        ? ' It is not tried again.'
        : ` It is tried again ${sceneRetryBudget === 1 ? 'once' : `up to ${sceneRetryBudget} times`}.`
  return `A scene is given up after ${formatDuration(limit * 1_000)}${by}.${again}`
}
