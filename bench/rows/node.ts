import { join } from 'node:path'
import { ensureVenv, venvPython } from '../../scripts/python.mjs'
import { runCommand } from '../../scripts/runCommand.mjs'
import { medianOf, row, type BenchRow } from '../measure'

const RUNS = 5

/** What a script of `bench/node` prints last. */
async function printedBy(script: string, ...args: readonly (string | number)[]): Promise<string> {
  await ensureVenv()
  const command = [join('bench', 'node', script), ...args.map(String)]
  const { code, output } = await runCommand(venvPython, command, { quiet: true })
  if (code !== 0) throw new Error(`The node's row failed:\n${output}`)
  return output.trim().split('\n').at(-1) ?? ''
}

/** The share of one core, in percent, that so many clients at such an interval cost. */
const streamCpu = async (clients: number, intervalMs: number, part: 'loop' | 'process'): Promise<number> =>
  Number(JSON.parse(await printedBy('stream_cpu.py', clients, intervalMs))[part])

/** docs/benchmarks.md, rows N1a and N1b. */
export const N1: BenchRow = {
  id: 'N1',
  async measure() {
    const wrappers = await medianOf(RUNS, async () => Number(await printedBy('wrappers_cpu.py')))
    const loop = await medianOf(RUNS, () => streamCpu(10, 250, 'loop'))
    return [
      row({
        id: 'N1a',
        name: 'thread time of the node’s wrappers, a prompt of 12 nodes and 420 progress events',
        value: wrappers,
        unit: 'ms',
        bar: 5,
      }),
      row({
        id: 'N1b',
        name: 'the node’s share of the event loop, 10 clients at 4 updates/s',
        value: loop,
        unit: '%',
        bar: 2,
      }),
    ]
  },
}

/** docs/benchmarks.md, row N2. */
export const N2: BenchRow = {
  id: 'N2',
  async measure() {
    const value = await medianOf(RUNS, () => streamCpu(100, 100, 'process'))
    return [
      row({
        id: 'N2',
        name: 'share of one core, 100 clients at 10 updates/s',
        value,
        unit: '%',
        bar: 5,
      }),
    ]
  },
}

/** docs/benchmarks.md, row N3. */
export const N3: BenchRow = {
  id: 'N3',
  async measure() {
    const value = await medianOf(RUNS, async () => Number(await printedBy('stalled_client.py')))
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
