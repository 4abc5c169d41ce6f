// The simulator by itself: npm run simulator -- --port 8188 --scenario flapping --seed 7, or --replay DIR.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createReplay } from './createReplay'
import { createSimulator } from './createSimulator'
import { readOptions, type SimulatorCommand } from './readOptions'

const PAGE = join(import.meta.dirname, '..', 'dist')

try {
  process.stdout.write(`${await run(readOptions(process.argv.slice(2)))}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

/** Answers what plays where. */
async function run(command: SimulatorCommand): Promise<string> {
  const { port, pace } = command
  if ('replay' in command) {
    const { url } = await createReplay({ folder: command.replay, port, pace })
    return `The recording of ${command.replay} plays on ${url}`
  }
  const { scenario, seed } = command
  const { url } = await createSimulator({
    port,
    pace,
    scenario,
    ...(seed === undefined ? {} : { seed }),
    ...(existsSync(PAGE) ? { pageFolder: PAGE } : {}),
  })
  return `Simulated ComfyUI (${scenario}) on ${url}`
}
