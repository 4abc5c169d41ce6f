// Rows L1 and L5: a badge for each of 100 scenes, as a host would place them. ?comfy= names the server.
import { useEffect, useLayoutEffect, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { createTelemetry, TelemetryBadges, TelemetryProvider, useRealtimeTelemetry } from '../../index'

/** What the row's driver reads. */
export interface BadgesBench {
  /** ms from the server's send to the paint, newest last. */
  readonly lags: number[]
  /** Commits of each scene's badge. */
  readonly commits: Record<string, number>
}

const SCENES = 100
const bench: BadgesBench = { lags: [], commits: {} }
const telemetry = createTelemetry({
  comfyUrl: new URLSearchParams(location.search).get('comfy') ?? '',
  dbName: `bench-${crypto.randomUUID()}`,
})

function Scene({ sceneId }: { readonly sceneId: string }): ReactElement {
  const live = useRealtimeTelemetry({ runId: 'bench', sceneId })
  const sentAt = live.telemetry?.timestamp
  useEffect(() => {
    bench.commits[sceneId] = (bench.commits[sceneId] ?? 0) + 1
  })
  useLayoutEffect(() => {
    // After the frame's paint: a task that the frame's callback queues runs behind it.
    if (sentAt !== undefined)
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => bench.lags.push(Date.now() - sentAt)
        channel.port2.postMessage(undefined)
      })
  }, [sentAt])
  return (
    <TelemetryBadges
      title={sceneId}
      realtimeTelemetry={live.telemetry}
      isStreaming={live.isStreaming}
      lastUpdate={live.lastUpdate}
      connection={live.connection}
    />
  )
}

Object.assign(globalThis, { bench })
const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <TelemetryProvider telemetry={telemetry}>
      {Array.from({ length: SCENES }, (_, i) => (
        <Scene key={i} sceneId={`scene-${i}`} />
      ))}
    </TelemetryProvider>,
  )
