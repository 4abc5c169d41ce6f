import type { Page } from '@playwright/test'
import { median, pause, row, type BenchContext, type BenchRow } from '../measure'
import type { ChartsBench } from '../pages/charts'

const PAINTS = 15
const UPDATES = 15
/** The live chart draws at most once a second; what comes after quiet is drawn at once. */
const QUIET_MS = 1_100
const REFERENCE = 'bench/reference/plainRecharts.tsx'

type Call = (name: 'paintChart' | 'paintPlain' | 'addToLive' | 'addToBare') => Promise<number>

async function withCharts<T>(
  { browser, pages }: BenchContext,
  body: (call: Call, page: Page) => Promise<T>,
): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1024, height: 900 } })
  try {
    await page.goto(`${pages}/charts.html`)
    await page.waitForFunction(() => 'bench' in globalThis)
    const call: Call = (name) =>
      page.evaluate((method) => (globalThis as unknown as { bench: ChartsBench }).bench[method](), name)
    return await body(call, page)
  } finally {
    await page.close()
  }
}

/** docs/benchmarks.md, row C1. */
export const C1: BenchRow = {
  id: 'C1',
  measure: (context) =>
    withCharts(context, async (call) => {
      await call('paintChart')
      await call('paintPlain')
      const ours: number[] = []
      const plain: number[] = []
      for (let turn = 0; turn < PAINTS; turn++) {
        ours.push(await call('paintChart'))
        plain.push(await call('paintPlain'))
      }
      return [
        row({
          id: 'C1',
          name: `duration chart of 50,000 runs, first paint (${median(ours).toFixed(0)} ms), 500 failed and stopped scenes on it`,
          value: median(ours) / median(plain),
          unit: '× the reference',
          bar: 1.3,
          reference: REFERENCE,
        }),
      ]
    }),
}

/** docs/benchmarks.md, row C2. */
export const C2: BenchRow = {
  id: 'C2',
  measure: (context) =>
    withCharts(context, async (call) => {
      const live: number[] = []
      const bare: number[] = []
      for (let turn = 0; turn < UPDATES; turn++) {
        await pause(QUIET_MS)
        live.push(await call('addToLive'))
        await pause(QUIET_MS / 4)
        bare.push(await call('addToBare'))
      }
      return [
        row({
          id: 'C2',
          name: `the live chart of 300 points takes a point, until it is painted (${median(live).toFixed(0)} ms)`,
          value: median(live) / median(bare),
          unit: '× the reference',
          bar: 1.5,
          reference: REFERENCE,
        }),
      ]
    }),
}
