import { join } from 'node:path'
import { ensureVenv, venvPython } from '../../scripts/python.mjs'
import { runCommand } from '../../scripts/runCommand.mjs'
import { medianOf, row, type BenchRow } from '../measure'

const RUNS = 5

export const N3: BenchRow = {
  id: 'N3',
  async measure() {
    await ensureVenv()
    const value = await medianOf(RUNS, async () => {
      const { code, output } = await runCommand(venvPython, [join('bench', 'node', 'stalled_client.py')], {
        quiet: true,
      })
      if (code !== 0) throw new Error(`The node's row failed:\n${output}`)
      return Number(output.trim().split('\n').at(-1))
    })
    return [
      row({
        id: 'N3',
        name: 'lifecycle messages a stalled client makes nine others lose, of 20,000',
        value,
        unit: 'messages',
        bar: 0,
      }),
    ]
  },
}
