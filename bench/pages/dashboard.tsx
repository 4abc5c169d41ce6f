// Rows H1, H2, H6 and H7: the dashboard as it is, without a server, over the database that ?db= names.
import { startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../../App'
import { createTelemetry, exportRuns, TelemetryProvider } from '../../index'
import { generateRuns } from '../../services/seed/generateRuns'
import { whenPainted } from './whenPainted'

/** What the rows' drivers read. */
export interface DashboardBench {
  /** From the start of the navigation until the first page of the history, or that there is none, was painted; ms. */
  readonly shownAt: Promise<number>
  /** Main-thread tasks of 50 ms and more: when they began, and how long they took. */
  readonly tasks: { readonly at: number; readonly ms: number }[]
  /** Makes a file of so many runs that are new: a long task, but none of what is measured. */
  prepareFile(count: number): Promise<void>
  /** Imports it. */
  importFile(): Promise<void>
  /** A stretch as by a wheel that is turned fast, every row of it fetched and drawn, then dragged from the first row to the last. */
  scrollThrough(): Promise<void>
  /** Takes out what was imported. */
  forget(keep: number): Promise<void>
}

const query = new URLSearchParams(location.search)
const telemetry = createTelemetry({
  comfyUrl: 'http://127.0.0.1:9',
  dbName: query.get('db') ?? 'bench-empty',
})
const LONG_AGO = Date.UTC(2010, 0, 1)
const FRAMES = 600
const WHEEL_PX = 150
let file = new Blob()

const bench: DashboardBench = {
  shownAt: whenPainted(() => document.querySelector('.tele-grid-row input, .tele-empty') !== null),
  tasks: [],
  async prepareFile(count) {
    const runs = [...generateRuns(count, 5, { lastAt: LONG_AGO })]
    file = (await exportRuns({ runs, format: 'json' })).blob
  },
  async importFile() {
    const { added, invalid } = await telemetry.files.importRuns(file)
    if (added === 0)
      throw new Error(`Nothing was imported, the row is void: ${invalid[0]?.reason ?? 'all was there'}`)
  },
  async scrollThrough() {
    const grid = document.querySelector('.tele-grid')
    if (!grid) throw new Error('There is no table to scroll.')
    const whole = grid.scrollHeight
    const turned = Array.from({ length: FRAMES }, (_, frame) => frame * WHEEL_PX)
    const dragged = Array.from({ length: FRAMES + 1 }, (_, frame) => (whole * frame) / FRAMES)
    for (const top of [...turned, ...dragged]) {
      grid.scrollTop = top
      await new Promise(requestAnimationFrame)
    }
  },
  forget: async (keep) => void (await telemetry.history.retention({ maxRuns: keep, keepTagged: false })),
}
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) bench.tasks.push({ at: startTime, ms: duration })
}).observe({ type: 'longtask', buffered: true })

Object.assign(globalThis, { bench })
const place = document.getElementById('root')
if (place) {
  const root = createRoot(place)
  startTransition(() =>
    root.render(
      <TelemetryProvider telemetry={telemetry}>
        <App />
      </TelemetryProvider>,
    ),
  )
}
