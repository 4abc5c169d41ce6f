import { TEST_PAGES } from './buildPage'
import { expect, pageOf, readStore, SIMULATED_DB, test } from './dashboard'

interface Held {
  readonly intervals: number
  readonly timeouts: number
  readonly listeners: number
}

test('a hundred mounts in StrictMode leave no socket, worker, timer, listener or lease', async ({
  page,
  simulate,
}) => {
  test.slow()
  const simulator = await simulate({ pageFolder: TEST_PAGES, tellsStories: false })
  await page.addInitScript(() => {
    const intervals = new Set<number>()
    const timeouts = new Set<number>()
    const {
      setInterval: startInterval,
      clearInterval: stopInterval,
      setTimeout: startTimeout,
      clearTimeout: stopTimeout,
    } = window
    window.setInterval = ((...args: Parameters<typeof startInterval>) => {
      const id = startInterval.apply(window, args) as unknown as number
      intervals.add(id)
      return id
    }) as typeof setInterval
    window.clearInterval = (id) => {
      intervals.delete(id as number)
      stopInterval.call(window, id)
    }
    window.setTimeout = ((handler: () => void, ms?: number) => {
      const id = startTimeout.call(window, () => (timeouts.delete(id), handler()), ms) as unknown as number
      timeouts.add(id)
      return id
    }) as typeof setTimeout
    window.clearTimeout = (id) => {
      timeouts.delete(id as number)
      stopTimeout.call(window, id)
    }
    let listeners = 0
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target
      const known = new Map<unknown, Set<string>>()
      target.addEventListener = (
        type: string,
        listener: EventListener,
        options?: AddEventListenerOptions,
      ) => {
        const types = known.get(listener) ?? new Set()
        if (!types.has(type)) listeners += 1
        known.set(listener, types.add(type))
        addEventListener.call(target, type, listener, options)
      }
      target.removeEventListener = (
        type: string,
        listener: EventListener,
        options?: EventListenerOptions,
      ) => {
        if (known.get(listener)?.delete(type)) listeners -= 1
        removeEventListener.call(target, type, listener, options)
      }
    }
    Object.assign(window, { held: () => ({ intervals: intervals.size, timeouts: timeouts.size, listeners }) })
  })
  await page.goto(pageOf(simulator, 'mounts.html'))
  const mount = (times: number): Promise<void> =>
    page.evaluate((n) => (globalThis as unknown as { mount(times: number): Promise<void> }).mount(n), times)
  const held = (): Promise<Held> => page.evaluate(() => (globalThis as unknown as { held(): Held }).held())
  // What React and the browser keep once and for all is there after the first.
  await mount(1)
  const first = await held()

  await mount(100)

  await expect.poll(() => page.workers().length).toBe(0)
  await expect.poll(() => simulator.streams()).toBe(0)
  await expect.poll(held).toEqual({ ...first, intervals: 0, timeouts: 0 })
  const lease = (await readStore(page, SIMULATED_DB, 'meta')).find(({ key }) => key === 'lease')
  expect(lease?.value).toMatchObject({ expiresAt: 0 })
})
