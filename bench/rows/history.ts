import { median, row, type BenchRow } from '../measure'
import type { HistoryBench } from '../pages/history'

const RUNS = 100_000
const SAVES = 31

export const H8: BenchRow = {
  id: 'H8',
  async measure({ browser, pages }) {
    const page = await browser.newPage()
    const call = (name: keyof HistoryBench, count = 0): Promise<number> =>
      page.evaluate(
        ([method, given]) => (globalThis as unknown as { bench: HistoryBench }).bench[method](given),
        [name, count] as const,
      )
    try {
      await page.goto(`${pages}/history.html`)
      await page.waitForFunction(() => 'bench' in globalThis)
      const seeded = await call('seed', RUNS)
      if (seeded !== RUNS) throw new Error(`The history holds ${seeded} runs: the row is void.`)
      const saves: number[] = []
      const bare: number[] = []
      for (let turn = 0; turn < SAVES; turn++) {
        saves.push(await call('save'))
        bare.push(await call('bare'))
      }
      return [
        row({
          id: 'H8',
          name: `saving one finished run of 4 scenes into 100,000 (${median(saves).toFixed(1)} ms)`,
          value: median(saves) / median(bare),
          unit: '× the reference',
          bar: 3,
          reference: 'bench/reference/bareSave.ts',
        }),
      ]
    } finally {
      await page.close()
    }
  },
}
