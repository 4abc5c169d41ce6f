import type { Page } from '@playwright/test'
import { createSimulator } from '../../simulator/createSimulator'
import { startLoadServer, type LoadServer } from '../loadServer'
import { median, medianOf, pause, quantile, row, type BenchContext, type BenchRow } from '../measure'
import type { LiveBench, Painted } from '../pages/live'

const RUNS = 5
const WARM_UP_MS = 3_000
const FLOOD = { perSecond: 5_000, perFrame: 25 }
const FLOOD_MS = 30_000
const MESSAGES = 1_000_000
const FRAME_MS = (1_000 * FLOOD.perFrame) / FLOOD.perSecond

async function withLivePage<T>(
  { browser, pages }: BenchContext,
  comfy: string,
  body: (page: Page) => Promise<T>,
  query = '',
): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  try {
    await page.goto(`${pages}/live.html?comfy=${encodeURIComponent(comfy)}${query}`)
    await page.getByRole('button', { name: /^Connection: Live/ }).waitFor()
    await page
      .getByRole('listitem', { name: /executing/ })
      .first()
      .waitFor()
    return await body(page)
  } finally {
    await page.close()
  }
}

async function underLoad<T>(
  context: BenchContext,
  body: (page: Page, server: LoadServer) => Promise<T>,
  query?: string,
): Promise<T> {
  const server = await startLoadServer()
  try {
    return await withLivePage(context, server.url, (page) => body(page, server), query)
  } finally {
    await server.close()
  }
}

const read = (page: Page): Promise<Pick<LiveBench, 'painted' | 'tasks'>> =>
  page.evaluate(() => {
    const { painted, tasks } = (globalThis as unknown as { bench: LiveBench }).bench
    return { painted, tasks }
  })
const forget = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { painted, tasks } = (globalThis as unknown as { bench: LiveBench }).bench
    painted.length = tasks.length = 0
  })

/** docs/benchmarks.md, rows L2a and L2b. */
export const L2: BenchRow = {
  id: 'L2',
  async measure(context) {
    const lags: number[] = []
    const tasks: number[] = []
    for (let run = 0; run < RUNS; run++)
      await underLoad(context, async (page, server) => {
        server.flood(FLOOD)
        await pause(WARM_UP_MS)
        await forget(page)
        const before = server.sent()
        await pause(FLOOD_MS)
        if (server.sent() - before < (FLOOD.perSecond * FLOOD_MS * 0.95) / 1_000)
          throw new Error('The server could not send that much: the row is void.')
        const seen = await read(page)
        lags.push(quantile(lagsOf(seen.painted), 0.95))
        tasks.push(Math.max(0, ...seen.tasks.map(({ ms }) => ms)))
      })
    const under = '5,000 messages/s in frames of 25, Live page open, 100 scenes'
    return [
      row({ id: 'L2a', name: `${under}: sent → painted, p95`, value: median(lags), unit: 'ms', bar: 250 }),
      row({
        id: 'L2b',
        name: `${under}: longest main-thread task in 30 s (0: none of 50 ms)`,
        value: median(tasks),
        unit: 'ms',
        bar: 50,
      }),
    ]
  },
}

/** Of every frame that was sent: until the first paint that showed it or a later one. */
function lagsOf(painted: readonly Painted[]): readonly number[] {
  return painted.flatMap(({ sentAt, paintedAt }, i) => {
    const before = painted[i - 1]?.sentAt ?? sentAt
    const frames = Math.max(1, Math.round((sentAt - before) / FRAME_MS))
    return Array.from({ length: frames }, (_, back) => paintedAt - sentAt + back * FRAME_MS)
  })
}

/** docs/benchmarks.md, row L3. */
export const L3: BenchRow = {
  id: 'L3',
  async measure(context) {
    const value = await underLoad(
      context,
      async (page, server) => {
        const heap = await heapOf(page)
        server.flood({ perSecond: 5_000, perFrame: 25, perRun: 10_000 })
        // By then every bounded list has been full once.
        while (server.sent() < MESSAGES / 5) await pause(200)
        const before = await heap()
        const from = server.sent()
        while (server.sent() - from < MESSAGES) await pause(200)
        return ((await heap()) - before) / 2 ** 20
      },
      '&worker=false',
    )
    return [
      row({
        id: 'L3',
        name: 'heap growth over 1,000,000 messages, a new run of 100 scenes every 10,000, after collection',
        value,
        unit: 'MB',
        bar: 5,
      }),
    ]
  },
}

/** Reads the used heap after a collection, the probe's own notes forgotten. */
async function heapOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  return async () => {
    await forget(page)
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize
  }
}

/** docs/benchmarks.md, row L6. */
export const L6: BenchRow = {
  id: 'L6',
  async measure(context) {
    const value = await medianOf(RUNS, () =>
      underLoad(context, async (page, server) => {
        server.send(['scene-0'], 250)
        await pause(WARM_UP_MS)
        server.fallSilent()
        const from = Date.now()
        await page.getByRole('button', { name: /^Connection: Reconnecting/ }).waitFor()
        return Date.now() - from
      }),
    )
    return [
      row({
        id: 'L6',
        name: 'wire silent without a close → page says reconnecting, heartbeat 5 s',
        value,
        unit: 'ms',
        bar: 11_000,
      }),
    ]
  },
}

/** docs/benchmarks.md, row L7. */
export const L7: BenchRow = {
  id: 'L7',
  async measure(context) {
    const value = await medianOf(RUNS, async () => {
      const simulator = await createSimulator({
        seed: 7,
        pace: 4,
        allowedOrigin: new URL(context.pages).origin,
      })
      try {
        return await withLivePage(context, simulator.url, async (page) => {
          await forget(page)
          await pause(20_000)
          return quantile(intervalsOf((await read(page)).painted), 0.95)
        })
      } finally {
        await simulator.close()
      }
    })
    return [
      row({
        id: 'L7',
        name: 'between updates of an executing scene on the page, p95, interval 250 ms',
        value,
        unit: 'ms',
        bar: 500,
      }),
    ]
  },
}

const intervalsOf = (painted: readonly Painted[]): readonly number[] =>
  painted.flatMap(({ sceneId, paintedAt }, i) => {
    const before = painted[i - 1]
    return before?.sceneId === sceneId ? [paintedAt - before.paintedAt] : []
  })
