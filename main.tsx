import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { createTelemetry } from './services/createTelemetry'
import { TelemetryProvider } from './utils/hooks'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no element #root.')

const telemetry = createTelemetry({ preload: true })
window.addEventListener('pagehide', (event) => {
  // A page that may come back keeps its worker; one that goes gives up its lease at once.
  if (!event.persisted) void telemetry.dispose()
})

const root = createRoot(place)
// A first render that is no transition is one long task.
startTransition(() =>
  root.render(
    <StrictMode>
      <TelemetryProvider telemetry={telemetry}>
        <App />
      </TelemetryProvider>
    </StrictMode>,
  ),
)
