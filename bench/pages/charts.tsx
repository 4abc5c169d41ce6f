// Rows C1, C2: the product's charts and plain ones, drawn in turn in the same page.
import type { ReactElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { TelemetryComparisonChart } from '../../components/TelemetryComparisonChart'
import GpuTraceChart from '../../components/live/GpuTraceChart'
import { rollingMedian } from '../../services/columns/rollingMedian'
import { thinExtremes } from '../../services/columns/thin'
import { createStore } from '../../services/shared/createStore'
import { createRandom } from '../../services/shared/createRandom'
import type { DurationChart, GpuTrace } from '../../types'
import { TelemetryProvider } from '../../utils/hooks'
import type { TelemetryCore } from '../../index'
import { BareLine, PlainChart } from '../reference/plainRecharts'

/** What the rows' drivers call; the answers are ms from the order to the paint. */
export interface ChartsBench {
  /** How many points the chart is given. */
  readonly points: number
  paintChart(): Promise<number>
  paintPlain(): Promise<number>
  /** One more point on a chart that stands. The live chart takes one a second at most. */
  addToLive(): Promise<number>
  addToBare(): Promise<number>
}

const WIDTH = 960
const RUNS = 50_000
const EVERY_MS = 3_600_000
const LIVE_POINTS = 300
const TICKS = '.recharts-xAxis-tick-labels'
const random = createRandom(1)
const chart = durationChart()
const plain = Array.from({ length: 500 }, (_, i) => ({ at: i, value: 80_000 * (0.8 + 0.4 * random.next()) }))

const bench: ChartsBench = {
  points: chart.points.length + chart.smooth.length,
  paintChart: () => painted(<TelemetryComparisonChart value={chart} />, [TICKS, 'path[fill-opacity]']),
  paintPlain: () => painted(<PlainChart points={plain} width={WIDTH} />, [TICKS, '.recharts-line-curve']),
  addToLive: liveChart(),
  addToBare: bareLine(),
}
Object.assign(globalThis, { bench })

function place(): HTMLElement {
  const element = document.createElement('div')
  document.getElementById('root')?.append(element)
  return element
}

/** Until the frame is painted that has all of `parts`. The chart's code is loaded by the first, which isn't counted. */
async function painted(element: ReactElement, parts: readonly string[]): Promise<number> {
  const within = place()
  const root = createRoot(within)
  const from = performance.now()
  flushSync(() => root.render(element))
  do await afterPaint()
  while (!parts.every((part) => within.querySelector(part)))
  const took = performance.now() - from
  root.unmount()
  within.remove()
  await afterPaint()
  return took
}

/** A task that the frame's callback queues runs behind its paint. */
const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => resolve()
      channel.port2.postMessage(undefined)
    })
  })

function durationChart(): DurationChart {
  const points = Array.from({ length: RUNS }, (_, i) => ({
    runId: `run-${i}`,
    at: i * EVERY_MS,
    value: 80_000 * Math.exp(0.6 * (random.next() + random.next() - 1)),
    n: 4,
  }))
  const marks = Array.from({ length: 500 }, (_, i) => ({
    kind: i % 4 === 0 ? ('timeout' as const) : ('failed' as const),
    runId: `run-${i * 100}`,
    sceneId: 'scene-001',
    at: i * 100 * EVERY_MS,
    value: i % 4 === 0 ? 600_000 : 20_000,
  }))
  return {
    kind: 'duration',
    runs: RUNS,
    points: thinExtremes(points, 500),
    isThinned: true,
    smooth: rollingMedian(points, 500),
    usual: { low: 60_000, high: 110_000 },
    median: 80_000,
    changePoints: [
      {
        runId: 'run-30000',
        timestamp: 30_000 * EVERY_MS,
        ratio: 1.3,
        low: 1.2,
        high: 1.4,
        p: 0.01,
        differs: [],
      },
    ],
    verdict: 'worse',
    marks,
    markCount: { failed: 375, timeout: 125 },
    unplacedCount: 0,
    unmeasured: [],
    unmeasuredCount: 0,
    excludedCached: 0,
    from: 0,
    to: RUNS * EVERY_MS,
  }
}

/** On a store of its own that stands for a server: what the page does between a message and its paint is measured elsewhere (L1, L2). */
function liveChart(): () => Promise<number> {
  const reading = () => ({
    index: 0,
    vramFree: 2 ** 33 * random.next(),
    utilization: 100 * random.next(),
  })
  let at = LIVE_POINTS
  const start = Array.from({ length: LIVE_POINTS }, (_, i) => ({ at: i * 2_000, gpus: [reading()] }))
  const store = createStore<{ readonly trace: GpuTrace }>({ trace: { points: start, gaps: [] } } as never)
  const servers = { home: 'bench', realtimeOf: () => undefined, subscribe: () => () => undefined }
  const telemetry = { realtime: store, servers } as unknown as TelemetryCore
  createRoot(place()).render(
    <TelemetryProvider telemetry={telemetry}>
      <GpuTraceChart gpu={{ index: 0, vramTotal: 2 ** 34 }} />
    </TelemetryProvider>,
  )
  return () => {
    const { trace } = store.getSnapshot()
    at += 1
    const points = [...trace.points.slice(1), { at: at * 2_000, gpus: [reading()] }]
    return timed(() => store.set({ trace: { ...trace, points } }))
  }
}

function bareLine(): () => Promise<number> {
  const root = createRoot(place())
  let points = plain.slice(0, LIVE_POINTS)
  root.render(<BareLine points={points} width={WIDTH} />)
  return () => {
    points = [...points.slice(1), { at: (points.at(-1)?.at ?? 0) + 1, value: 80_000 * random.next() }]
    return timed(() => flushSync(() => root.render(<BareLine points={points} width={WIDTH} />)))
  }
}

async function timed(change: () => void): Promise<number> {
  const from = performance.now()
  change()
  await afterPaint()
  return performance.now() - from
}
