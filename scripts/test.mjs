// Everything, from nothing: installs what is missing, runs every part whatever the one before said, and ends with one line
// `N passed, N failed`. A skipped test and a part that ran no test are failures.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './findChromium.mjs'
import { installPackages } from './installPackages.mjs'
import { checkPython } from './python.mjs'
import { chaosCounts, junitCounts, playwrightCounts, readReport, vitestCounts } from './readReports.mjs'
import { runCommand } from './runCommand.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const REPORTS = join(ROOT, 'test-results')

/** @typedef {import('./readReports.mjs').Counts} Counts */
/** @type {{ name: string, counts: Counts }[]} */
const parts = []

/** @param {string} name @param {() => Promise<Counts | Counts[]>} run */
async function part(name, run) {
  process.stdout.write(`\n── ${name}\n`)
  try {
    for (const counts of [await run()].flat()) parts.push({ name, counts })
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
    parts.push({ name, counts: { passed: 0, failed: 1, skipped: 0 } })
  }
}

/** One check that passes or fails as a whole. @param {number} code @returns {Counts} */
const check = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 })
const npx = async (/** @type {string[]} */ ...args) => (await runCommand('npx', args, { cwd: ROOT })).code

async function ensureChromium() {
  if (findChromium()) return
  process.stdout.write('No Chromium on this machine; installing one…\n')
  if ((await npx('playwright', 'install', 'chromium')) === 0) return
  await runCommand('apt-get', ['update', '-qq'], { quiet: true })
  const { code } = await runCommand('apt-get', ['install', '-y', '-qq', 'chromium'], { quiet: true })
  if (code !== 0)
    throw new Error('No Chromium could be installed. Install one, or set CHROMIUM_PATH to yours.')
}

async function main() {
  await installPackages(ROOT)
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  await part('types', async () => check(await npx('tsc', '--noEmit')))
  await part('lint', async () => [
    check(await npx('eslint', '.')),
    check(await npx('prettier', '--check', '--log-level', 'warn', '.')),
  ])
  await part('layers', async () =>
    check(await npx('depcruise', '--config', '.dependency-cruiser.cjs', '--no-progress', '.')),
  )
  await part('unused code', async () => check(await npx('knip')))
  await part('unit and integration', async () => {
    // Relative: on Windows npx goes through the shell, which parts a path at its spaces.
    const report = 'test-results/unit.json'
    await npx('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`)
    return readReport(join(ROOT, report), vitestCounts)
  })
  await part('python', async () => {
    const { mypy, report } = await checkPython()
    return [check(mypy), readReport(report, junitCounts)]
  })
  await part('end to end', async () => {
    await ensureChromium()
    await npx('playwright', 'test')
    return readReport(join(REPORTS, 'e2e.json'), playwrightCounts)
  })
  await part('chaos', async () => {
    await ensureChromium()
    await runCommand(process.execPath, ['--import', 'tsx', join('tests', 'chaos', 'main.ts')], { cwd: ROOT })
    return readReport(join(REPORTS, 'chaos.json'), chaosCounts)
  })
}

try {
  await main()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
  parts.push({ name: 'setup', counts: { passed: 0, failed: 1, skipped: 0 } })
}

let passed = 0
let failed = 0
process.stdout.write('\n')
for (const { name, counts } of parts) {
  passed += counts.passed
  failed += counts.failed + counts.skipped
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped (counted as failed)` : ''
  process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
