import { useEffect } from 'react'

/** Keeps the screen on while `isWanted`, where the browser can: a machine that sleeps queues nothing. Asked for anew on return. */
export function useWakeLock(isWanted: boolean): void {
  useEffect(() => {
    const manager: WakeLock | undefined = navigator.wakeLock
    if (!isWanted || !manager) return
    let isOver = false
    let held: WakeLockSentinel | undefined
    const take = (): void => {
      if (document.visibilityState !== 'visible') return
      manager.request('screen').then(
        (lock) => {
          if (isOver) void lock.release()
          else held = lock
        },
        () => undefined, // a low battery refuses it; the run goes on without
      )
    }
    take()
    document.addEventListener('visibilitychange', take)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', take)
      void held?.release()
    }
  }, [isWanted])
}
