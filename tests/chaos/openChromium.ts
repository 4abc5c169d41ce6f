import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from '../../scripts/findChromium.mjs'
import type { OpenBrowser } from './chaosBrowser'
import type { TabInPage } from './page/tab'
import { TIME_FACTOR } from './timeFactor'

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    ...(executablePath ? { executablePath } : {}),
  })
}

/** Real tabs with a real IndexedDB; `pageUrl` is where the tab's page is served. */
export function chromiumTabs(chromium: Browser, pageUrl: string): OpenBrowser {
  return async (comfy, db) => {
    const context = await chromium.newContext()
    // Its own clock runs faster too.
    context.setDefaultTimeout(30_000 * TIME_FACTOR)
    const blank = await context.newPage()
    const nothing = pageUrl.replace('tab.html', 'nothing.html')
    await blank.route(nothing, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    )
    await blank.goto(nothing)
    const quota = await context.newCDPSession(blank)
    const origin = new URL(pageUrl).origin
    const tabs: (Page | undefined)[] = []
    let moved = 0
    let hasUnknown = false
    const present = (): readonly Page[] => tabs.flatMap((page) => page ?? [])
    const look = async (page: Page): Promise<void> =>
      void (hasUnknown ||= await ask(page, (tab) => tab.saysUnknown()))
    const leave = async (index: number, how: 'kill' | 'close'): Promise<void> => {
      const page = tabs[index]
      tabs[index] = undefined
      if (!page) return
      await look(page)
      if (how === 'close') await ask(page, (tab) => tab.dispose())
      await page.close()
    }
    return {
      async open() {
        const page = await context.newPage()
        tabs.push(page)
        const query = new URLSearchParams({ comfy, db, factor: String(TIME_FACTOR), moved: String(moved) })
        await page.goto(`${pageUrl}?${query}`)
      },
      leave,
      async leaveAll(how) {
        for (const index of tabs.keys()) await leave(index, how)
      },
      async moveTabClock(index, ms) {
        const page = tabs[index]
        if (page) await ask(page, (tab, by) => tab.moveClock(by), ms)
      },
      async moveClock(ms) {
        moved += ms
        await Promise.all(present().map((page) => ask(page, (tab, by) => tab.moveClock(by), ms)))
      },
      async setFull(isFull) {
        await quota.send('Storage.overrideQuotaForOrigin', isFull ? { origin, quotaSize: 1 } : { origin })
      },
      async read() {
        const [page] = present().slice(-1)
        return page
          ? ask(page, (tab) => tab.read())
          : { runs: [], scenes: [], open: [], sources: [], samples: [] }
      },
      async saidUnknown() {
        for (const page of present()) await look(page)
        return hasUnknown
      },
      describe: () => Promise.all(present().map((page) => ask(page, (tab) => tab.describe()))),
      close: () => context.close(),
    }
  }
}

/** Asks the tab in a page; the question travels as text and may use nothing around it. */
export async function ask<T, A = undefined>(
  page: Page,
  question: (tab: TabInPage, argument: A) => T | Promise<T>,
  argument?: A,
): Promise<T> {
  await page.waitForFunction(() => 'tab' in globalThis)
  return page.evaluate(
    ([text, given]) =>
      (new Function('tab', 'given', `return (${text})(tab, given)`) as (tab: unknown, given: unknown) => T)(
        Reflect.get(globalThis, 'tab'),
        given,
      ),
    [String(question), argument] as const,
  )
}
