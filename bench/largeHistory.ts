import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { findChromium } from '../scripts/findChromium.mjs'
import type { BenchContext } from './measure'
import type { HistoryBench } from './pages/history'

/** Of what every row of the history and of the filter is about. */
export const RUNS = 100_000
export const DB = 'bench-history'

/** A browser with a profile on disk, as people's have, and 100,000 runs in it. Seeding takes minutes: it is done once. */
export interface LargeHistory {
  readonly browser: BrowserContext
  /** A page that has the history open on its own thread. */
  readonly page: Page
}

let opened: Promise<LargeHistory & { close(): Promise<void> }> | undefined

/** The one of this process; `closeLargeHistory` ends it. */
export const openLargeHistory = (context: BenchContext): Promise<LargeHistory> => (opened ??= open(context))

export async function closeLargeHistory(): Promise<void> {
  await (await opened?.catch(() => undefined))?.close()
  opened = undefined
}

async function open({ pages, profile }: BenchContext): Promise<LargeHistory & { close(): Promise<void> }> {
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'bench-history-'))
  const executablePath = findChromium()
  const browser = await chromium.launchPersistentContext(folder, {
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    viewport: { width: 1440, height: 900 },
    ...(executablePath ? { executablePath } : {}),
  })
  const close = async (): Promise<void> => {
    await browser.close()
    if (profile === undefined) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const page = await openHistoryPage(browser, pages)
    const seeded = await page.evaluate(
      (count) => (globalThis as unknown as { bench: HistoryBench }).bench.seed(count),
      RUNS,
    )
    if (seeded < RUNS) throw new Error(`The history holds ${seeded} runs: the rows are void.`)
    return { browser, page, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openHistoryPage(browser: BrowserContext, pages: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${pages}/history.html`)
  await page.waitForFunction(() => 'bench' in globalThis)
  return page
}
