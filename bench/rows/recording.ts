import { createSimulator } from '../../simulator/createSimulator'
import { createRandom } from '../../services/shared/createRandom'
import { pause, row, type BenchRow } from '../measure'

const DISCONNECTS = 1_000
const SETTLE_MS = 30_000

/** docs/benchmarks.md, row L4. */
export const L4: BenchRow = {
  id: 'L4',
  async measure({ browser, pages }) {
    const simulator = await createSimulator({ seed: 4, pace: 0.01, allowedOrigin: new URL(pages).origin })
    const random = createRandom(4)
    const page = await browser.newPage()
    try {
      await page.goto(`${pages}/recording.html?comfy=${encodeURIComponent(simulator.url)}`)
      for (let done = 0; done < DISCONNECTS;) {
        await pause(random.between(0, 60))
        done += simulator.drop()
      }
      simulator.quiet()
      const journal = new Map(
        simulator
          .journal()
          .flatMap(({ promptId, exitReason }) =>
            exitReason === undefined ? [] : [[String(promptId), String(exitReason)]],
          ),
      )
      const until = Date.now() + SETTLE_MS
      let value = Number.NaN
      while (Date.now() < until && value !== 0) {
        value = differences(
          journal,
          await page.evaluate(() =>
            (globalThis as unknown as { savedAttempts(): Promise<[string, string][]> }).savedAttempts(),
          ),
        )
        await pause(200)
      }
      return [
        row({
          id: 'L4',
          name: `attempts lost, doubled or otherwise told over ${DISCONNECTS} disconnects (of ${journal.size})`,
          value,
          unit: 'attempts',
          bar: 0,
        }),
      ]
    } finally {
      await page.close()
      await simulator.close()
    }
  },
}

/** Attempts of a journal that a history lacks, has twice, has otherwise, or has of its own. */
export function differences(
  journal: ReadonlyMap<string, string>,
  saved: readonly (readonly [string | undefined, string])[],
): number {
  const counts = new Map<string | undefined, number>()
  for (const [promptId] of saved) counts.set(promptId, (counts.get(promptId) ?? 0) + 1)
  const doubled = [...counts.values()].reduce((sum, count) => sum + count - 1, 0)
  const told = new Map(saved)
  const wrong = [...journal].filter(([promptId, reason]) => told.get(promptId) !== reason).length
  return doubled + wrong + [...told.keys()].filter((promptId) => !journal.has(String(promptId))).length
}
