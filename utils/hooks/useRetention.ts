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
      readonly runIds: readonly string[]
      /** About. */
      readonly bytes: number
    }
  /** `spared`: found before, and tagged or changed since. */
  | { readonly status: 'done'; readonly runs: number; readonly bytes: number; readonly spared: number }
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
  const run = async (
    what: 'looking' | 'deleting',
    ask: () => Promise<Extract<RetentionState, { status: 'found' | 'done' }>>,
  ): Promise<void> => {
    setState({ status: 'busy', what })
    try {
      setState(await ask())
    } catch (error) {
      const message = reasonOf(error, 'The history could not be read. Try again.')
      setState({ status: 'failed', message })
    }
  }
  return {
    state,
    look: (rules) =>
      run('looking', async () => ({
        status: 'found',
        rules,
        ...(await history.retention(rules, { dryRun: true })),
      })),
    confirm: async () => {
      if (state.status !== 'found') return
      const { rules, runIds: among } = state
      await run('deleting', async () => {
        const { runIds, bytes } = await history.retention(rules, { among })
        return { status: 'done', runs: runIds.length, bytes, spared: among.length - runIds.length }
      })
    },
    reset: () => setState({ status: 'idle' }),
  }
}
