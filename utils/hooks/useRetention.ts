import { useState } from 'react'
import type { RetentionRules } from '../../types'
import { reasonOf } from '../format/reasonOf'
import { useTelemetry } from './TelemetryProvider'

/** What rules would delete, then, confirmed, what they did. */
export type RetentionState =
  | { readonly status: 'idle' }
  | { readonly status: 'busy'; readonly what: 'looking' | 'deleting' }
  | {
      readonly status: 'found'
      readonly rules: RetentionRules
      readonly runs: number
      /** About. */
      readonly bytes: number
    }
  | { readonly status: 'done'; readonly runs: number; readonly bytes: number }
  | { readonly status: 'failed'; readonly message: string }

/** Deletes by rules in two steps: nothing goes that was not counted first. */
export function useRetention(): {
  readonly state: RetentionState
  look(rules: RetentionRules): Promise<void>
  /** Deletes what was found. */
  confirm(): Promise<void>
  reset(): void
} {
  const { history } = useTelemetry()
  const [state, setState] = useState<RetentionState>({ status: 'idle' })
  const run = async (what: 'looking' | 'deleting', rules: RetentionRules): Promise<void> => {
    setState({ status: 'busy', what })
    try {
      const isDry = what === 'looking'
      const { runIds, bytes } = await history.retention(rules, { dryRun: isDry })
      const runs = runIds.length
      setState(isDry ? { status: 'found', rules, runs, bytes } : { status: 'done', runs, bytes })
    } catch (error) {
      const message = reasonOf(error, 'The history could not be read. Try again.')
      setState({ status: 'failed', message })
    }
  }
  return {
    state,
    look: (rules) => run('looking', rules),
    confirm: async () => {
      if (state.status === 'found') await run('deleting', state.rules)
    },
    reset: () => setState({ status: 'idle' }),
  }
}
