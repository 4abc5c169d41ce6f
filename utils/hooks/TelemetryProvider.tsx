import { createContext, useContext, type ReactElement, type ReactNode } from 'react'
import type { TelemetryCore } from '../../services/createTelemetry'

const TelemetryContext = createContext<TelemetryCore | null>(null)

/** Gives one telemetry to the hooks below it. Whoever made the telemetry disposes of it; unmounting does not. */
export function TelemetryProvider(props: {
  readonly telemetry: TelemetryCore
  readonly children?: ReactNode
}): ReactElement {
  return <TelemetryContext value={props.telemetry}>{props.children}</TelemetryContext>
}

/** The telemetry of the provider above; throws an error that names `<TelemetryProvider>` when there is none. */
export function useTelemetry(): TelemetryCore {
  const telemetry = useContext(TelemetryContext)
  if (telemetry) return telemetry
  throw new Error(
    'No telemetry here: wrap this part of the app in <TelemetryProvider telemetry={createTelemetry()}>.',
  )
}
