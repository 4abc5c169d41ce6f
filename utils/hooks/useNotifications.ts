import { useEffect } from 'react'
import { createFlusher } from '../../services/shared/createFlusher'
import type { PageRealtime } from '../../services/telemetry/pageRealtime'
import { createAttention } from '../tab/createAttention'
import { createNotifier } from '../tab/createNotifier'
import { eachServer } from '../tab/eachServer'
import { showNotification } from '../tab/showNotification'
import { useTelemetry } from './TelemetryProvider'
import { useNotificationPreference } from './useNotificationChoice'

/** Runs are looked at so often, and without news as well, for silence ends a run too. */
const EVERY_MS = 1_000
const LOOK_AGAIN_MS = 5_000

/**
 * Notifies of a run's end and of failed scenes while somebody wants it and looks elsewhere. Of several tabs the one that records
 * does; where nothing is recorded each shows the same one, under one tag. Works while the page is hidden, without a render.
 */
export function useNotifications(): void {
  const { servers, recording } = useTelemetry()
  const [choice] = useNotificationPreference()
  useEffect(() => {
    if (choice !== 'on') return
    const attention = createAttention()
    const isTeller = (): boolean => {
      const { status } = recording.getSnapshot()
      return status === 'recording' || status === 'memory'
    }
    const isWanted = (): boolean => attention.isElsewhere() && isTeller()
    const stop = eachServer(servers, (realtime) => notifyOf(realtime, isWanted))
    return () => {
      stop()
      attention.dispose()
    }
  }, [servers, recording, choice])
}

function notifyOf(realtime: PageRealtime, isWanted: () => boolean): () => void {
  const notifier = createNotifier({ state: realtime.getSnapshot, notify: showNotification, isWanted })
  const flusher = createFlusher(notifier.runs, EVERY_MS)
  const stopScenes = realtime.onLifecycle(notifier.scenes)
  const stopState = realtime.subscribe(flusher.request)
  const timer = setInterval(flusher.request, LOOK_AGAIN_MS)
  return () => {
    stopScenes()
    stopState()
    clearInterval(timer)
    flusher.dispose()
    notifier.dispose()
  }
}
