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
  const isHeard = useLive(({ connection: { status } }) => status === 'live' || status === 'fallback')
  const [chosen, setChosen] = useState<{ readonly menu: SimulatorMenu; readonly after: unknown }>()
  const { value } = useAsync(
    useCallback(
      (signal: AbortSignal) => {
        if (!isAsked) return Promise.resolve(undefined)
        // A choice, another tab's too, begins every connection anew: then it is asked again, and what was known stays until it answers.
        return isHeard ? control.menu(signal) : NO_ANSWER
      },
      [control, isAsked, isHeard],
    ),
  )
  const menu = isAsked ? (chosen?.after === value ? chosen?.menu : value) : undefined
  const choose = useCallback(
    (scenario: string) => {
      void control.choose(scenario).then((next) => {
        if (!next) return
        setChosen({ menu: next, after: value })
        // Another scenario may have the node that this one lacks: it is not waited for.
        realtime.connect()
      })
    },
    [control, realtime, value],
  )
  return { isSimulated: said || menu !== undefined, menu, choose }
}

const NO_ANSWER = new Promise<undefined>(() => undefined)

const isSameOrigin = (url: string): boolean =>
  URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin
