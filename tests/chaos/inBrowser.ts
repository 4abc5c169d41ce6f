// npm run chaos -- --seeds N [--seed S]: the same plans in Chromium, with real tabs and a real IndexedDB. Prints each seed that
// fails; exit code 1 if any does.
import { parseArgs } from 'node:util'
import { compressTime } from './compressTime'
import { createFaultSchedule } from './createFaultSchedule'
import { chromiumTabs, launchChromium } from './openChromium'
import { runPlan } from './runPlan'
import { servePages } from './servePages'
import { startSimulatorServer } from './simulatorServer'
import { tellFailure } from './tellFailure'
import { TIME_FACTOR } from './timeFactor'

const AT_ONCE = 3

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const pages = await servePages()
const chromium = await launchChromium()
compressTime(TIME_FACTOR)

const waiting = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.seed) + index)
const count = waiting.length
let failed = 0
try {
  await Promise.all(Array.from({ length: AT_ONCE }, playOn))
} finally {
  await chromium.close()
  await pages.close()
}
process.stdout.write(`${count - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

async function playOn(): Promise<void> {
  for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
    const world = { startServer: startSimulatorServer, openBrowser: chromiumTabs(chromium, pages.url) }
    const report = await runPlan(createFaultSchedule(seed), world)
    if (report.problems.length === 0) continue
    failed += 1
    tellFailure(report, `npm run chaos -- --seeds 1 --seed ${seed}`)
  }
}
