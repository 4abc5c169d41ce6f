import { liveHref } from './useHashRoute'
import { useShownServerId } from './ShownServer'
import { useServerIds } from './useServers'

/** Makes the Live page's address for the shown server, and a run of it; the first server needs no naming. */
export function useLiveHref(): (run?: string) => string {
  const [first] = useServerIds()
  const shown = useShownServerId()
  const server = first === undefined || shown === first ? undefined : shown
  return (run) => liveHref({ server, ...(run === undefined ? {} : { run }) })
}
