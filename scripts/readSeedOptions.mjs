import { parseArgs } from 'node:util'

const USAGE = 'npm run seed -- --runs 100000 [--seed 1] [--port PORT] [--no-open]'
const MAX_RUNS = 1_000_000

/**
 * Reads what follows `npm run seed --` and answers with what to start the dashboard with: simulated, at the page that asks before it
 * fills the history. Throws an Error whose message shows the usage.
 *
 * @param {readonly string[]} args
 * @returns {string[]}
 */
export function readSeedOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '' },
        seed: { type: 'string', default: '1' },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
      },
    })
    if (!/^\d{1,7}$/.test(values.runs) || Number(values.runs) < 1 || Number(values.runs) > MAX_RUNS)
      throw new Error(`--runs takes a number from 1 to ${MAX_RUNS}.`)
    if (!/^\d{1,9}$/.test(values.seed)) throw new Error('--seed takes a whole number.')
    const page = `#/settings/storage?seed=${Number(values.runs)}-${Number(values.seed)}`
    const port = values.port === undefined ? [] : ['--port', values.port]
    return ['--simulate', '--page', page, ...port, ...(values['no-open'] ? ['--no-open'] : [])]
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`)
  }
}
