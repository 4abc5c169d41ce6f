import { startRealBrowser, type RealBrowser, type RealTab } from '../helpers/realBrowser'
import type { Simulator } from '../../simulator/createSimulator'
import {
  expect,
  expectWholeHistory,
  journaledAttempts,
  readStore,
  SIMULATED_DB,
  test as base,
} from './dashboard'

const test = base.extend<{ browserOfPeople: RealBrowser }>({
  browserOfPeople: async ({}, provide) => {
    const browser = await startRealBrowser()
    await provide(browser)
    await browser.close()
  },
})

test.describe.configure({ timeout: 120_000 })

/** A name of the local network: no secure context, as where the node's own page is opened. */
const pageOf = ({ port }: Simulator, route = ''): string => `http://gpu-box:${port}/telemetry/ui/${route}`

/** A lease runs out after ten seconds and is looked at every three; the rest is for a machine that is busy. */
const TAKEOVER = { timeout: 25_000 }

const leaseOf = async (tab: RealTab): Promise<Record<string, unknown>> => {
  const row = (await readStore(tab, SIMULATED_DB, 'meta')).find(({ key }) => key === 'lease')
  return Object(row?.value)
}
const holderOf = async (tab: RealTab): Promise<unknown> => (await leaseOf(tab)).holder
const textOf = (tab: RealTab): Promise<string> =>
  tab.evaluate(() => document.body?.textContent ?? '', undefined)
const visibilityOf = (tab: RealTab): Promise<string> =>
  tab.evaluate(() => document.visibilityState, undefined)

/** Counts a timer of the page from now on; the answer reads the count. */
async function countTicks(tab: RealTab): Promise<() => Promise<number>> {
  await tab.evaluate(() => {
    Object.assign(globalThis, { ticks: 0 })
    setInterval(() => Object.assign(globalThis, { ticks: Reflect.get(globalThis, 'ticks') + 1 }), 100)
  }, undefined)
  return () => tab.evaluate(() => Number(Reflect.get(globalThis, 'ticks')), undefined)
}

/** Opens a tab that records and, in front of it, one that does not. */
async function openTwo(
  browser: RealBrowser,
  simulator: Simulator,
): Promise<{ recording: RealTab; standby: RealTab }> {
  const recording = await browser.open(pageOf(simulator))
  await expect.poll(() => textOf(recording)).toContain('This tab saves every run')
  const standby = await browser.open(pageOf(simulator))
  await expect.poll(() => textOf(standby)).toContain('Another tab saves every run')
  await expect.poll(() => visibilityOf(recording)).toBe('hidden')
  return { recording, standby }
}

/** Whether nobody's transaction keeps this tab from writing. */
const isFree = (tab: RealTab): Promise<boolean> =>
  tab.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('no database'))
    })
    const tx = db.transaction(db.objectStoreNames, 'readwrite')
    const isThrough = await new Promise<boolean>((resolve) => {
      tx.objectStore('meta').get('lease').onsuccess = () => resolve(true)
      setTimeout(() => resolve(false), 2_000)
    })
    if (!isThrough) tx.abort()
    db.close()
    return isThrough
  }, SIMULATED_DB)

/** As Chrome freezes: no tab whose open transaction keeps another tab's waiting. The debugger's order knows no such rule. */
async function freeze(tab: RealTab, other: RealTab): Promise<void> {
  for (;;) {
    await tab.freeze()
    if (await isFree(other)) return
    await tab.thaw()
  }
}

const attemptsAfter = (simulator: Simulator, more: number): Promise<void> => {
  const least = journaledAttempts(simulator).length + more
  return expect
    .poll(() => journaledAttempts(simulator).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(least)
}

test('of two tabs one records and both show; nothing is in the history twice', async ({
  browserOfPeople,
  simulate,
}) => {
  const simulator = await simulate()
  const { recording, standby } = await openTwo(browserOfPeople, simulator)
  for (const tab of [standby, recording]) {
    await tab.show()
    await expect.poll(() => textOf(tab)).toMatch(/[1-4] of 4 scenes/)
  }
  expect((await leaseOf(standby)).number).toBe(1)
  await expectWholeHistory(standby, simulator, 5)
})

test('a tab that is hidden and throttled goes on recording, and keeps the lease', async ({
  browserOfPeople,
  simulate,
}) => {
  const simulator = await simulate()
  const { recording, standby } = await openTwo(browserOfPeople, simulator)
  const ticks = await countTicks(recording)
  const lease = await leaseOf(standby)
  const [before, began] = [await ticks(), Date.now()]
  await attemptsAfter(simulator, 14)
  expect(await visibilityOf(recording)).toBe('hidden')
  // Awake it would be ten a second; a timer that a busy machine slows would be void, not wrong.
  expect((await ticks()) - before).toBeLessThan((Date.now() - began) / 200)
  await expectWholeHistory(standby, simulator, 14)
  expect(await leaseOf(standby)).toMatchObject({ holder: lease.holder, number: lease.number })
})

test('from a frozen tab another takes over where it stopped; thawed, it writes nothing any more', async ({
  browserOfPeople,
  simulate,
}) => {
  const simulator = await simulate()
  const { recording, standby } = await openTwo(browserOfPeople, simulator)
  const ticks = await countTicks(recording)
  const former = await holderOf(standby)
  await freeze(recording, standby)
  const before = await ticks()

  // Only a worker that stands still lets its lease run out.
  await expect.poll(() => holderOf(standby), TAKEOVER).not.toBe(former)
  expect(await ticks()).toBe(before)
  await expect.poll(() => textOf(standby)).toContain('This tab saves every run')
  await expectWholeHistory(standby, simulator, 4)

  const saved = await readStore(standby, SIMULATED_DB, 'scenes')
  const lease = await leaseOf(standby)
  await recording.thaw()
  await recording.show()
  await expect.poll(() => textOf(recording)).toContain('Another tab saves every run')
  await attemptsAfter(simulator, 4)
  await expectWholeHistory(standby, simulator, 8)
  expect(await leaseOf(standby)).toMatchObject({ holder: lease.holder, number: lease.number })
  expect(await readStore(standby, SIMULATED_DB, 'scenes')).toEqual(expect.arrayContaining([...saved]))
})

for (const end of ['crash', 'close'] as const) {
  test(`when the recording tab ends by a ${end}, another takes over and nothing is lost`, async ({
    browserOfPeople,
    simulate,
  }) => {
    const simulator = await simulate()
    const { recording, standby } = await openTwo(browserOfPeople, simulator)
    const former = await holderOf(standby)
    await recording[end]()
    await expect.poll(() => holderOf(standby), TAKEOVER).not.toBe(former)
    await expect.poll(() => textOf(standby)).toContain('This tab saves every run')
    await attemptsAfter(simulator, 2)
    await expectWholeHistory(standby, simulator, 4)
  })
}

test('what one tab writes shows by itself on the History page of another', async ({
  browserOfPeople,
  simulate,
}) => {
  const simulator = await simulate()
  const recording = await browserOfPeople.open(pageOf(simulator))
  await expect.poll(() => textOf(recording)).toContain('This tab saves every run')
  const reading = await browserOfPeople.open(pageOf(simulator, '#/history'))
  await expect.poll(() => textOf(reading)).toContain('Another tab saves every run')
  const writer = await holderOf(reading)
  await expect.poll(() => textOf(reading), { timeout: 30_000 }).toMatch(/Night run[^]{0,80}?4\/4/)
  // What came since waits, so that nothing moves under who reads.
  await expect.poll(() => textOf(reading), { timeout: 30_000 }).toMatch(/\d new runs?, show/)
  await reading.evaluate(showNewRuns, undefined)
  await expect.poll(() => textOf(reading), { timeout: 30_000 }).toMatch(/Harbour[^]{0,80}?4\/4/)
  expect(await holderOf(reading)).toBe(writer)
})

/** Runs in the page: presses the button behind which new runs wait. */
function showNewRuns(): void {
  const button = [...document.querySelectorAll('button')].find((each) =>
    /new runs?, show/.test(each.textContent ?? ''),
  )
  button?.click()
}

test('hidden, a tab renders nothing; shown again, it paints the newest at once', async ({
  browserOfPeople,
  simulate,
}) => {
  const simulator = await simulate()
  const watched = await browserOfPeople.open(pageOf(simulator))
  await expect.poll(() => textOf(watched)).toMatch(/[0-4] of 4 scenes/)
  const charts = (): Promise<number> =>
    watched.evaluate(() => document.querySelectorAll('figure svg').length, undefined)
  await expect.poll(charts).toBeGreaterThan(0)
  await watched.evaluate(watchPage, undefined)
  const front = await browserOfPeople.open('about:blank')
  await expect.poll(() => visibilityOf(watched)).toBe('hidden')
  // What was on its way when it was hidden, such as an answer of the history, may still arrive.
  await attemptsAfter(simulator, 1)
  await forget(watched)
  await attemptsAfter(simulator, 6)
  expect(await front.evaluate(() => document.visibilityState, undefined)).toBe('visible')
  expect((await watchedIn(watched)).whileHidden).toEqual([])

  const story = newestStory(simulator)
  await watched.show()
  await expect.poll(() => firstPainted(watched)).not.toBe('')
  expect(await firstPainted(watched)).toMatch(new RegExp(`${story}|${newestStory(simulator)}`))
})

/** Runs in the page: what changes in it while it is hidden, and what it shows in its first frame afterwards. */
function watchPage(): void {
  const watched: Watched = { whileHidden: [], firstPainted: '' }
  Object.assign(globalThis, { watched })
  new MutationObserver((records) => {
    if (document.visibilityState !== 'hidden') return
    // Title and icon are for those who see nothing but the tab.
    for (const { target, type } of records.filter(({ target: node }) => !document.head.contains(node)))
      watched.whileHidden.push(`${type} in ${target.parentElement?.outerHTML.slice(0, 120)}`)
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible')
      requestAnimationFrame(() => (watched.firstPainted = document.querySelector('h1')?.textContent ?? ''))
  })
}

interface Watched {
  whileHidden: string[]
  firstPainted: string
}
const watchedIn = (tab: RealTab): Promise<Watched> =>
  tab.evaluate(() => (globalThis as unknown as { watched: Watched }).watched, undefined)
const forget = (tab: RealTab): Promise<void> =>
  tab.evaluate(
    () => void (globalThis as unknown as { watched: Watched }).watched.whileHidden.splice(0),
    undefined,
  )
const firstPainted = async (tab: RealTab): Promise<string> => (await watchedIn(tab)).firstPainted

const newestStory = (simulator: Simulator): string =>
  String(simulator.journal().findLast(({ runName }) => runName !== undefined)?.runName)
