import { useEffect, useState } from 'react'
import { createAnnouncer } from '../live/createAnnouncer'
import { useShownRealtime } from './ShownServer'

/** The newest sentence of the shown server for a polite live region. */
export function useAnnouncements(): string {
  const realtime = useShownRealtime()
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
