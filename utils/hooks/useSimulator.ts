import { useCallback, useMemo, useState } from 'react'
import { createSimulatorControl } from '../../services/simulatorControl'
import type { SimulatorMenu } from '../../services/wire/simulatorMenu'
import { useAsync } from './useAsync'
import { useLive } from './useLive'
import { useShownRealtime } from './ShownServer'
import { useTelemetry } from './TelemetryProvider'
import { useShownEntry } from './useServers'

/** Whether what is shown is simulated, what is played, and a way to play something else. */
export function useSimulator(): {
  readonly isSimulated: boolean
  readonly menu: SimulatorMenu | undefined
  choose(scenario: string): void
} {
  const { url: homeUrl } = useTelemetry()
  const realtime = useShownRealtime()
  const url = useShownEntry((entry) => entry.url) ?? homeUrl
  const said = useLive((state) => state.server?.simulated ?? false)
  const isStock = useLive((state) => state.connection.status === 'fallback')
  // A real server has no such route, and would be asked for nothing; one of another origin takes no orders from here.
  const isAsked = (said || isStock) && isSameOrigin(url)
  const control = useMemo(() => createSimulatorControl(url, (input, init) => fetch(input, init)), [url])
  const [chosen, setChosen] = useState<SimulatorMenu>()
  const { value } = useAsync(
    useCallback(
      (signal: AbortSignal) => (isAsked ? control.menu(signal) : Promise.resolve(undefined)),
      [control, isAsked],
    ),
  )
  const menu = isAsked ? (chosen ?? value) : undefined
  const choose = useCallback(
    (scenario: string) => {
      void control.choose(scenario).then((next) => {
        if (!next) return
        setChosen(next)
        // Another scenario may have the node that this one lacks: it is not waited for.
        realtime.connect()
      })
    },
    [control, realtime],
  )
  return { isSimulated: said || menu !== undefined, menu, choose }
}

const isSameOrigin = (url: string): boolean =>
  URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin
