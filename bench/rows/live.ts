import type { Page } from '@playwright/test'
import { startLoadServer, type LoadServer } from '../loadServer'
import { medianOf, pause, quantile, row, type BenchContext, type BenchRow } from '../measure'
import type { BadgesBench } from '../pages/badges'

const RUNS = 5
const WARM_UP_MS = 2_000
const ALL = Array.from({ length: 100 }, (_, i) => `scene-${i}`)
const OTHERS = ALL.slice(0, 50)
const IDLE = ALL.slice(50)

/** A fresh page with 100 badges that have all shown their scene once. */
async function withBadges<T>(
  context: BenchContext,
  body: (page: Page, server: LoadServer) => Promise<T>,
): Promise<T> {
  const server = await startLoadServer()
  const page = await context.browser.newPage()
  try {
    await page.goto(`${context.pages}/badges.html?comfy=${encodeURIComponent(server.url)}`)
    await page
      .getByText('Streaming…')
      .nth(ALL.length - 1)
      .waitFor()
    return await body(page, server)
  } finally {
    await page.close()
    await server.close()
  }
}

const read = (page: Page): Promise<BadgesBench> =>
  page.evaluate(() => ({ ...(globalThis as unknown as { bench: BadgesBench }).bench }))

/** docs/benchmarks.md, row L1. */
export const L1: BenchRow = {
  id: 'L1',
  async measure(context) {
    const value = await medianOf(RUNS, () =>
      withBadges(context, async (page, server) => {
        server.send(ALL, 100)
        await pause(WARM_UP_MS)
        const before = (await read(page)).lags.length
        await pause(5_000)
        return quantile((await read(page)).lags.slice(before), 0.95)
      }),
    )
    return [
      row({
        id: 'L1',
        name: 'update sent → badge painted, p95, 100 scenes at 10/s',
        value,
        unit: 'ms',
        bar: 100,
      }),
    ]
  },
}

/** docs/benchmarks.md, row L5. */
export const L5: BenchRow = {
  id: 'L5',
  async measure(context) {
    const value = await medianOf(RUNS, () =>
      withBadges(context, async (page, server) => {
        server.send(OTHERS, 100)
        // Until the idle ones have gone stale, which is news of their own.
        await pause(WARM_UP_MS * 2)
        const before = (await read(page)).commits
        await pause(10_000)
        const after = (await read(page)).commits
        const busy = OTHERS.reduce((sum, scene) => sum + (after[scene] ?? 0) - (before[scene] ?? 0), 0)
        if (busy < OTHERS.length) throw new Error('There was no traffic on the others: the row is void.')
        return IDLE.reduce((most, scene) => Math.max(most, (after[scene] ?? 0) - (before[scene] ?? 0)), 0)
      }),
    )
    return [
      row({
        id: 'L5',
        name: 'commits of a badge without an update, 10 s of traffic on others',
        value,
        unit: 'commits',
        bar: 0,
      }),
    ]
  },
}
