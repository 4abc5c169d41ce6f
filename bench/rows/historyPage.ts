import type { Page } from '@playwright/test'
import { heapOf } from '../heapOf'
import { DB, openLargeHistory } from '../largeHistory'
import { median, pause, row, type BenchContext, type BenchRow } from '../measure'
import type { DashboardBench } from '../pages/dashboard'

const RELOADS = 7
/** Until chart, verdicts and figures are there too. */
const SETTLED_MS = 4_000
/** A long task is told after it has ended. */
const TOLD_MS = 500
const MB = 1_000_000

type Bench = Pick<DashboardBench, 'shownAt'> & Partial<DashboardBench>

const benchOf = <T>(page: Page, read: (bench: DashboardBench) => T | Promise<T>): Promise<T> =>
  page.evaluate(`(${read.toString()})(bench)`)

/** Loads an address, loads it again with nothing remembered, and answers how long that took until its rows were painted; ms. */
async function reloaded(page: Page, url: string): Promise<number> {
  await page.goto(url)
  await shownAt(page)
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  return shownAt(page)
}

async function shownAt(page: Page): Promise<number> {
  await page.waitForFunction(() => 'bench' in globalThis)
  return page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.shownAt)
}

async function withTab<T>(context: BenchContext, body: (page: Page) => Promise<T>): Promise<T> {
  const { browser } = await openLargeHistory(context)
  const page = await browser.newPage()
  try {
    return await body(page)
  } finally {
    await page.close()
  }
}

const historyUrl = (pages: string, db: string): string => `${pages}/dashboard.html?db=${db}#/history`

const plainUrl = (pages: string, db: string): string => `${pages}/plainHistory.html?db=${db}`

/** docs/benchmarks.md, row H1. */
export const H1: BenchRow = {
  id: 'H1',
  measure: (context) =>
    withTab(context, async (page) => {
      const times = {
        ours: [] as number[],
        empty: [] as number[],
        plain: [] as number[],
        plainEmpty: [] as number[],
      }
      for (let turn = 0; turn < RELOADS; turn++) {
        times.empty.push(await reloaded(page, historyUrl(context.pages, 'bench-empty')))
        times.ours.push(await reloaded(page, historyUrl(context.pages, DB)))
        times.plain.push(await reloaded(page, plainUrl(context.pages, DB)))
        times.plainEmpty.push(await reloaded(page, plainUrl(context.pages, 'bench-empty')))
      }
      const ours = median(times.ours) - median(times.empty)
      const plain = median(times.plain) - median(times.plainEmpty)
      return [
        row({
          id: 'H1',
          name: `reload → first page of the history painted (${median(times.ours).toFixed(0)} ms), minus the same with an empty database`,
          value: ours,
          unit: 'ms',
          bar: 150,
        }),
        row({
          id: 'H2',
          name: `the same, ratio to a page that does getAll and shows 50 rows (${plain.toFixed(0)} ms)`,
          value: ours / plain,
          unit: '× the reference',
          bar: 0.15,
          reference: 'bench/reference/plainPage.ts',
        }),
      ]
    }),
}

const ROUNDS = 5
const FILTERS = ['status:failed', 'duration:>90s', 'tag:draft', '']

/** The longest tasks of 50 ms and more, of every round of what was done. */
interface LongTasks {
  during(what: string, act: () => Promise<unknown>): Promise<void>
  readonly longest: ReadonlyMap<string, readonly number[]>
}

function longTasksOf(page: Page): LongTasks {
  const longest = new Map<string, readonly number[]>()
  return {
    longest,
    async during(what, act) {
      const since =
        (await page.evaluate(() => performance.timeOrigin)) + (await page.evaluate(() => performance.now()))
      await act()
      await pause(TOLD_MS)
      const from = since - (await page.evaluate(() => performance.timeOrigin))
      const tasks = await benchOf(page, (bench) => bench.tasks)
      const worst = Math.max(0, ...tasks.filter(({ at }) => at >= from).map(({ ms }) => ms))
      longest.set(what, [...(longest.get(what) ?? []), worst])
    },
  }
}

/** docs/benchmarks.md, row H6. */
export const H6: BenchRow = {
  id: 'H6',
  measure: (context) =>
    withTab(context, async (page) => {
      const { during, longest } = longTasksOf(page)
      for (let round = 0; round < ROUNDS; round++) {
        await during('reload', async () => {
          await reloaded(page, historyUrl(context.pages, DB))
          await pause(SETTLED_MS)
        })
        await during('filter', async () => {
          for (const filter of FILTERS) {
            await page.evaluate((q) => (location.hash = `#/history?q=${encodeURIComponent(q)}`), filter)
            await pause(SETTLED_MS / 2)
          }
        })
        await during('scrolling', () => benchOf(page, (bench) => bench.scrollThrough()))
      }
      await benchOf(page, (bench) => bench.prepareFile(10_000))
      await pause(SETTLED_MS)
      await during('import', () => benchOf(page, (bench) => bench.importFile()))
      await benchOf(page, (bench) => bench.forget(100_000))
      const told = [...longest].map(
        ([what, ms]) => `${what} ${median(ms).toFixed(0)} (worst ${Math.max(...ms).toFixed(0)})`,
      )
      return [
        row({
          id: 'H6',
          name: `longest main-thread task, the median of ${ROUNDS} rounds (0: none of 50 ms): ${told.join(', ')} ms`,
          value: Math.max(...[...longest.values()].map(median)),
          unit: 'ms',
          bar: 50,
        }),
      ]
    }),
}

const TYPED = ['status:failed ', 'gpu:"RTX 4090" ', 'harbour light ', 'duration:>90s', ' error:/out of mem/']
/** A quick typist's. */
const KEY_MS = 80
const TYPINGS = 3

/** docs/benchmarks.md, row H6b. */
export const H6b: BenchRow = {
  id: 'H6b',
  measure: (context) =>
    withTab(context, async (page) => {
      await reloaded(page, historyUrl(context.pages, DB))
      await pause(SETTLED_MS)
      const longest: number[] = []
      for (let turn = 0; turn < TYPINGS; turn++) {
        const from = await page.evaluate(() => performance.now())
        await page.getByRole('combobox', { name: 'Search runs' }).fill('')
        for (const text of TYPED) {
          await page.getByRole('combobox', { name: 'Search runs' }).pressSequentially(text, { delay: KEY_MS })
          await pause(TOLD_MS)
        }
        const tasks = await benchOf(page, (bench) => bench.tasks)
        longest.push(Math.max(0, ...tasks.filter(({ at }) => at >= from).map(({ ms }) => ms)))
      }
      return [
        row({
          id: 'H6b',
          name: `longest main-thread task while a query is typed letter by letter, the median of ${TYPINGS} (0: none of 50 ms; the least ${Math.min(...longest).toFixed(0)} ms)`,
          value: median(longest),
          unit: 'ms',
          bar: 50,
        }),
      ]
    }),
}

/** docs/benchmarks.md, row H7. */
export const H7: BenchRow = {
  id: 'H7',
  measure: (context) =>
    withTab(context, async (page) => {
      await reloaded(page, historyUrl(context.pages, DB))
      await pause(SETTLED_MS)
      await page.evaluate(
        (q) => (location.hash = `#/history?q=${encodeURIComponent(q)}`),
        'harbour duration:>60s',
      )
      await pause(SETTLED_MS)
      await benchOf(page, (bench) => bench.scrollThrough())
      const heap = await heapOf(page)
      return [
        row({
          id: 'H7',
          name: `JS heap with all of it browsable, array buffers included (page ${(heap.page / MB).toFixed(0)} MB, worker ${(heap.workers / MB).toFixed(0)} MB)`,
          value: (heap.page + heap.workers) / MB,
          unit: 'MB',
          bar: 200,
        }),
      ]
    }),
}
