import { useCallback } from 'react'
import type { SeedRequest } from '../../services/seed/fillHistory'
import type { LongTask } from '../files/createLongTask'
import { count } from '../format/formatCount'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useFileTasks } from './useFileTasks'
import { useLongTask } from './useLongTask'

/**
 * Fills the history with generated runs, where it is the simulated one: `isAllowed` is false where it isn't, undefined until that is
 * known. The generator is loaded with the first use; a page that has none never gets it.
 */
export function useSeed(): {
  readonly task: LongTask<SeedRequest>
  readonly isAllowed: boolean | undefined
  begin(request: SeedRequest): void
  cancel(): void
} {
  const { history, ready } = useTelemetry()
  const { seeding } = useFileTasks()
  const { value, error } = useAsync(useCallback(() => ready, [ready]))
  const begin = useCallback(
    (request: SeedRequest) =>
      seeding.start(`Filling in ${count(request.count, 'generated run')}`, async (tools) => {
        const { fillHistory } = await import('../../services/seed/fillHistory')
        await fillHistory(history, request, { ...tools, now: Date.now() })
        return request
      }),
    [history, seeding],
  )
  const isAllowed = error === null ? value && (value.simulated ?? false) : false
  return { task: useLongTask(seeding), begin, cancel: seeding.cancel, isAllowed }
}
