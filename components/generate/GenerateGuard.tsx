import { useGenerations, useLeaveWarning, useWakeLock } from '../../utils/hooks'

/** While this tab queues a run: the screen stays on, and closing asks if something of the run would stop with it. */
export function GenerateGuard(): null {
  const running = useGenerations()
  useWakeLock(running.length > 0)
  useLeaveWarning(running.some(({ needsTabFor }) => needsTabFor.length > 0))
  return null
}
