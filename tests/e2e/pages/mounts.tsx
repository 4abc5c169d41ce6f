import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../../../App'
import { createTelemetry } from '../../../services/createTelemetry'
import { TelemetryProvider } from '../../../utils/hooks'

/** Builds everything, shows it, and takes it away again. */
async function mountOnce(): Promise<void> {
  const place = document.getElementById('root')
  if (!place) return
  const telemetry = createTelemetry()
  const root = createRoot(place)
  root.render(
    <StrictMode>
      <TelemetryProvider telemetry={telemetry}>
        <App />
      </TelemetryProvider>
    </StrictMode>,
  )
  await telemetry.ready
  root.unmount()
  await telemetry.dispose()
}

Object.assign(globalThis, {
  mount: async (times: number) => {
    for (let n = 0; n < times; n++) await mountOnce()
  },
})
