// The simulator by itself: npm run simulator -- --port 8188 --scenario flapping --seed 7, or --replay DIR.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createReplay } from './createReplay'
import { createSimulator } from './createSimulator'
import { isScenarioName, SCENARIOS } from './scenarios'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8188' },
    scenario: { type: 'string', default: 'healthy' },
    seed: { type: 'string' },
    pace: { type: 'string', default: '1' },
    replay: { type: 'string' },
  },
})
const port = Number(values.port)
const pace = Number(values.pace)

if (values.replay !== undefined) {
  const { url } = await createReplay({ folder: values.replay, port, pace })
  process.stdout.write(`The recording of ${values.replay} plays on ${url}\n`)
} else if (isScenarioName(values.scenario)) {
  const page = join(import.meta.dirname, '..', 'dist')
  const { url } = await createSimulator({
    port,
    pace,
    scenario: values.scenario,
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    ...(existsSync(page) ? { pageFolder: page } : {}),
  })
  process.stdout.write(`Simulated ComfyUI (${values.scenario}) on ${url}\n`)
} else {
  const names = Object.keys(SCENARIOS).join(', ')
  process.stderr.write(`There is no scenario "${values.scenario}". There are: ${names}.\n`)
  process.exitCode = 1
}
