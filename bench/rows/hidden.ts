import { createSimulator, type Simulator } from '../../simulator/createSimulator'
import { startRealBrowser, type RealTab } from '../../tests/helpers/realBrowser'
import { pause, row, type BenchRow } from '../measure'
import type { LiveBench } from '../pages/live'
import { queueLong, worstError } from './maxWaits'
import { differences } from './recording'

const HIDDEN_MS = 6 * 60_000
const SETTLE_MS = 30_000

/** Two tabs of one hidden window: one records what a node journals, the other keeps the limits of what it queued on a stock server. */
export const L8: BenchRow = {
  id: 'L8',
  async measure({ pages }) {
    const allowedOrigin = new URL(pages).origin
    const simulator = await createSimulator({ seed: 8, pace: 0.1, allowedOrigin })
    const stock = await createSimulator({ seed: 8, scenario: 'stock', tellsStories: false, allowedOrigin })
    const browser = await startRealBrowser()
    try {
      const open = ({ url }: Simulator): Promise<RealTab> =>
        browser.open(`${pages}/live.html?comfy=${encodeURIComponent(url)}`)
      const tab = await open(simulator)
      const queuing = await open(stock)
      await pause(3_000)
      for (const each of [tab, queuing]) await each.evaluate(countTicks, undefined)
      await queueLong(queuing, stock)
      await browser.open('about:blank')
      await pause(HIDDEN_MS)
      for (const each of [tab, queuing]) await expectHidden(each)
      simulator.quiet()
      const journal = new Map(
        simulator
          .journal()
          .flatMap(({ promptId, exitReason }) =>
            exitReason === undefined ? [] : [[String(promptId), String(exitReason)] as const],
          ),
      )
      return [
        row({
          id: 'L8a',
          name: `attempts missing, doubled or otherwise told after 6 minutes in a hidden tab (of ${journal.size})`,
          value: await missingIn(tab, journal),
          unit: 'attempts',
          bar: 0,
        }),
        row({
          id: 'L8b',
          name: 'the worst of three max waits of 100 s that fell due meanwhile: error, no node to keep them',
          value: await worstError(queuing, stock),
          unit: 'ms',
          bar: 2_000,
        }),
      ]
    } finally {
      await browser.close()
      await simulator.close()
      await stock.close()
    }
  },
}

function countTicks(): void {
  Object.assign(globalThis, { ticks: 0 })
  setInterval(() => Object.assign(globalThis, { ticks: Reflect.get(globalThis, 'ticks') + 1 }), 100)
}

/** A tab that was awake measures nothing. */
async function expectHidden(tab: RealTab): Promise<void> {
  const seen = await tab.evaluate(
    () => ({ state: document.visibilityState, ticks: Number(Reflect.get(globalThis, 'ticks')) }),
    undefined,
  )
  if (seen.state !== 'hidden' || seen.ticks > HIDDEN_MS / 500)
    throw new Error(`The tab was not really hidden (${seen.state}, ${seen.ticks} ticks): the row is void.`)
}

async function missingIn(tab: RealTab, journal: ReadonlyMap<string, string>): Promise<number> {
  const until = Date.now() + SETTLE_MS
  let value = Number.NaN
  while (Date.now() < until && value !== 0) {
    value = differences(
      journal,
      await tab.evaluate(
        () => (globalThis as unknown as { bench: LiveBench }).bench.savedAttempts(),
        undefined,
      ),
    )
    await pause(200)
  }
  return value
}
