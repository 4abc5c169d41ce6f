import { useCallback } from 'react'
import { reasonOf } from '../format/reasonOf'
import { forgetDrafts } from '../history/noteDrafts'
import { useTelemetry } from './TelemetryProvider'
import { useToasts } from './useToasts'

/** Deletes everything that is saved here, for good, and says so. */
export function useWipe(): () => Promise<void> {
  const { history } = useTelemetry()
  const toasts = useToasts()
  return useCallback(async () => {
    const id = toasts.show({ kind: 'busy', text: 'Deleting everything…' })
    try {
      await history.deleteEverything()
      forgetDrafts()
      toasts.show({ kind: 'done', text: 'Everything that was saved here is deleted.' }, id)
    } catch (error) {
      const text = reasonOf(error, 'It could not be deleted. Try again.')
      toasts.show({ kind: 'error', text }, id)
    }
  }, [history, toasts])
}
