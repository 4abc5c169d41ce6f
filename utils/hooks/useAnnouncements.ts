import { useEffect, useState } from 'react'
import { createAnnouncer } from '../live/createAnnouncer'
import { useTelemetry } from './TelemetryProvider'

/** The newest sentence for a polite live region. */
export function useAnnouncements(): string {
  const { realtime } = useTelemetry()
  const [sentence, setSentence] = useState('')
  useEffect(() => {
    const announcer = createAnnouncer(setSentence)
    const stopScenes = realtime.onLifecycle(announcer.scenes)
    const stopState = realtime.subscribe(() => announcer.connection(realtime.getSnapshot().connection))
    return () => {
      stopScenes()
      stopState()
      announcer.dispose()
    }
  }, [realtime])
  return sentence
}
