// One process's share of the seeds: --server simulator|node --seeds 1,2,3. Says a line of JSON for each.
import { parseArgs } from 'node:util'
import 'fake-indexeddb/auto'
import { compressTime } from './compressTime'
import { createFaultSchedule } from './createFaultSchedule'
import { startNodeServer } from './nodeServer'
import { openNodeBrowser } from './openNodeBrowser'
import { runPlan } from './runPlan'
import { startSimulatorServer } from './simulatorServer'
import { TIME_FACTOR } from './timeFactor'

/** A seed mostly waits; more at once would have each wait for the others. */
const AT_ONCE = 8

const { values } = parseArgs({ options: { server: { type: 'string' }, seeds: { type: 'string' } } })
const startServer = values.server === 'node' ? startNodeServer : startSimulatorServer
const waiting = (values.seeds ?? '').split(',').map(Number)

compressTime(TIME_FACTOR)
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const report = await runPlan(createFaultSchedule(seed), { startServer, openBrowser: openNodeBrowser })
      process.stdout.write(`${JSON.stringify(report)}\n`)
    }
  }),
)
process.exit(0)
