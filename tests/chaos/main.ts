// What npm test runs of this: 200 seeds against the simulator, 20 against the Python node, and a night in a browser. Each can be
// asked for alone: --simulator 1-200, --node 7, --night. The counts go to test-results/chaos.json.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { ensureVenv } from '../../scripts/python.mjs'
import type { PlanReport } from './runPlan'
import { tellFailure } from './tellFailure'

const PROCESSES = 2
const { values } = parseArgs({
  options: { simulator: { type: 'string' }, node: { type: 'string' }, night: { type: 'boolean' } },
})
const isAll = values.simulator === undefined && values.node === undefined && !values.night
let passed = 0
let failed = 0

const count = (isGood: boolean): void => void (isGood ? (passed += 1) : (failed += 1))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const simulator = values.simulator ?? (isAll ? '1-200' : undefined)
const node = values.node ?? (isAll ? '1-20' : undefined)
if (simulator) await playSeeds('simulator', seedsOf(simulator))
if (node) {
  await ensureVenv()
  await playSeeds('node', seedsOf(node))
}
if (isAll || values.night) {
  await playNight()
}
mkdirSync('test-results', { recursive: true })
writeFileSync(join('test-results', 'chaos.json'), JSON.stringify({ passed, failed }))
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function playSeeds(server: string, seeds: readonly number[]): Promise<void> {
  const began = performance.now()
  const told = new Set<number>()
  let ends = 0
  const hear = (report: PlanReport): void => {
    told.add(report.seed)
    ends += report.ends
    count(report.problems.length === 0)
    if (report.problems.length > 0) tellFailure(report, `npm run test:chaos -- --${server} ${report.seed}`)
  }
  const shares = Array.from({ length: PROCESSES }, (_, share) =>
    seeds.filter((_, index) => index % PROCESSES === share),
  )
  await Promise.all(
    shares
      .filter((share) => share.length > 0)
      .map((share) =>
        run(['playSeeds.ts', '--server', server, '--seeds', share.join()], (line) => hear(JSON.parse(line))),
      ),
  )
  for (const seed of seeds.filter((each) => !told.has(each))) {
    say(`Seed ${seed} against the ${server} came to no end.`)
    count(false)
  }
  say(
    `${seeds.length} seeds against the ${server}: ${ends} ends, ${Math.round((performance.now() - began) / 1_000)} s`,
  )
}

async function playNight(): Promise<void> {
  let report: { ends: number; before: number; growth: number; problems: string[] } | undefined
  await run(['playNight.ts'], (line) => (report = JSON.parse(line)))
  count(report?.problems.length === 0)
  say(`A night of ${report?.ends} ends: the heap of ${report?.before} bytes grew by ${report?.growth}`)
  for (const problem of report?.problems.slice(0, 20) ?? ['It came to no end.']) say(`  ${problem}`)
}

/** Runs a script of this folder; its lines are JSON. */
function run([script = '', ...args]: readonly string[], hear: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  createInterface(child.stdout).on('line', hear)
  return new Promise((resolve) => child.once('close', () => resolve()))
}

/** `7`, `1-200`, `3,5,8`. */
function seedsOf(text: string): readonly number[] {
  const [from, to] = text.split('-').map(Number)
  if (from !== undefined && to !== undefined)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return text.split(',').map(Number)
}
