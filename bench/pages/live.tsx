// Rows L2, L3, L6, L7, L8: the dashboard as it is, with a probe beside it. ?comfy= names the server, &worker=false keeps all on one heap.
import { useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../../App'
import { createTelemetry, TelemetryProvider, useRealtimeTelemetry } from '../../index'
import type { GenerateRequest } from '../../types'

/** The newest update that a frame showed, by the clock that page and server share. */
export interface Painted {
  readonly sceneId: string
  readonly sentAt: number
  readonly paintedAt: number
}
/** What the rows' drivers read. */
export interface LiveBench {
  readonly painted: Painted[]
  /** Main-thread tasks of 50 ms and more: when they began, by the page's own clock, and how long they took. */
  readonly tasks: { readonly at: number; readonly ms: number }[]
  /** Every attempt in the history: prompt id and how it ended. */
  savedAttempts(): Promise<readonly (readonly [string | undefined, string])[]>
  /** Queues a run from here; answers its id. */
  generate(request: GenerateRequest): string
}

const query = new URLSearchParams(location.search)
const telemetry = createTelemetry({
  comfyUrl: query.get('comfy') ?? '',
  dbName: `bench-${crypto.randomUUID()}`,
  worker: query.get('worker') !== 'false',
})
const bench: LiveBench = {
  painted: [],
  tasks: [],
  async savedAttempts() {
    const { runs } = await telemetry.history.queryRuns({ limit: 100_000 })
    const whole = await telemetry.history.getRuns(runs.map(({ runId }) => runId))
    return whole.flatMap(({ scenes }) =>
      scenes.flatMap(({ attemptLog }) =>
        (attemptLog ?? []).map(({ promptId, exitReason }) => [promptId, exitReason] as const),
      ),
    )
  },
  generate: (request) => telemetry.comfy.generate(request).runId,
}
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) bench.tasks.push({ at: startTime, ms: duration })
}).observe({ type: 'longtask' })

function Probe(): null {
  const { telemetry: update } = useRealtimeTelemetry()
  useLayoutEffect(() => {
    if (!update) return
    const { sceneId, timestamp: sentAt } = update
    // After the frame's paint: a task that the frame's callback queues runs behind it.
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => bench.painted.push({ sceneId, sentAt, paintedAt: Date.now() })
      channel.port2.postMessage(undefined)
    })
  }, [update])
  return null
}

Object.assign(globalThis, { bench })
const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <TelemetryProvider telemetry={telemetry}>
      <App />
      <Probe />
    </TelemetryProvider>,
  )
