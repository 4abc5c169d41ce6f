import type { QueuePolicy } from '../../types'
import { count } from './formatCount'
import { formatDuration } from './formatDuration'

/** One setting of a queue policy: what it is called, what it is, and what it does. */
export interface PolicyLine {
  readonly label: string
  readonly value: string
  readonly meaning: string
}

/** A policy in words; settings that do nothing are left out. */
export function describePolicy(policy: Partial<QueuePolicy>): readonly PolicyLine[] {
  const { maxWaitSeconds, maxAttempts, pollIntervalSeconds, postExecutionTimeoutSeconds } = policy
  const { sceneRetryBudget, delayBetweenScenesSeconds, batchSize } = policy
  return [
    line('Max Wait Time', maxWaitSeconds, seconds, 'A scene is stopped this long after it was queued.'),
    line(
      'Max Poll Attempts',
      maxAttempts,
      (value) => (value === 0 ? 'unlimited' : count(value, 'attempt')),
      'A scene that is not in the server’s history after so many polls is stopped.',
    ),
    line('Poll Interval', pollIntervalSeconds, seconds, 'The time between two polls.'),
    line(
      'Post-Execution Timeout',
      postExecutionTimeoutSeconds,
      seconds,
      'Files must appear this soon after the execution.',
    ),
    line(
      'Retry Budget',
      sceneRetryBudget,
      (value) => (value === 0 ? 'no retries' : `${value} ${value === 1 ? 'retry' : 'retries'}`),
      'A scene that failed is queued again at most so often.',
    ),
    line(
      'Delay between scenes',
      delayBetweenScenesSeconds || undefined,
      seconds,
      'Waited before the next scene.',
    ),
    line('Batch size', batchSize || undefined, String, 'Written to every batch_size of the workflow.'),
  ].flatMap((each) => each ?? [])
}

const seconds = (value: number): string => formatDuration(value * 1_000)

function line(
  label: string,
  value: number | undefined,
  format: (value: number) => string,
  meaning: string,
): PolicyLine | undefined {
  const isKnown = value !== undefined && Number.isFinite(value) && value >= 0
  return isKnown ? { label, value: format(value), meaning } : undefined
}
