import { useEffect } from 'react'
import { createFlusher } from '../../services/shared/createFlusher'
import type { PageRealtime } from '../../services/telemetry/pageRealtime'
import { createAttention } from '../tab/createAttention'
import { tabIcon } from '../tab/tabIcon'
import { eachServer } from '../tab/eachServer'
import { tabSignOf, tellingSign } from '../tab/tabSignOf'
import { tabTitle } from '../tab/tabTitle'
import { useTelemetry } from './TelemetryProvider'

/** Title and icon change at most so often; a run's end by silence is noticed within `LOOK_AGAIN_MS`. */
const EVERY_MS = 1_000
const LOOK_AGAIN_MS = 5_000

/**
 * Owns the tab's title and icon, for all servers: how far the newest run is, and after its end how it ended, until somebody looks. Goes on while
 * the page is hidden, without a render. Gives the icon of the document back when it is unmounted.
 */
export function useTabSign(page: string): void {
  const { servers } = useTelemetry()
  useEffect(() => {
    const attention = createAttention()
    const watched = new Set<PageRealtime>()
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    const original = icon?.href
    const show = (): void => {
      const states = [...watched].map((realtime) => realtime.getSnapshot())
      const sign = tellingSign(states.map((state) => tabSignOf(state, attention.seenUntil(), Date.now())))
      const isSimulated = states.length > 0 && states.every(({ server }) => server?.simulated ?? false)
      const title = tabTitle(sign, page, isSimulated)
      if (document.title !== title) document.title = title
      const drawing = tabIcon(sign)
      if (icon && icon.href !== drawing) icon.href = drawing
    }
    const flusher = createFlusher(show, EVERY_MS)
    const stop = eachServer(servers, (realtime) => {
      watched.add(realtime)
      const unsubscribe = realtime.subscribe(flusher.request)
      return () => {
        watched.delete(realtime)
        unsubscribe()
      }
    })
    const timer = setInterval(flusher.request, LOOK_AGAIN_MS)
    // To one who comes back what was news is at once none.
    attention.subscribe(show)
    show()
    return () => {
      stop()
      clearInterval(timer)
      flusher.dispose()
      attention.dispose()
      if (icon && original !== undefined) icon.href = original
    }
  }, [servers, page])
}
