// npm run seed -- --runs N [--seed S]: the simulated dashboard at the page that asks before it fills its history with generated runs.
import { readSeedOptions } from './readSeedOptions.mjs'

try {
  process.argv.splice(2, Infinity, ...readSeedOptions(process.argv.slice(2)))
  await import('./start.mjs')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
