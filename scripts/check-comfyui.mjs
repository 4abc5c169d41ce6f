// npm run check:comfyui -- --comfyui DIR [--python BIN] [--record FILE]
// A story on a real ComfyUI, from the queue to the browser's history, through crashes and closed tabs.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { comfyClient, graphOf } from './check/comfyClient.mjs'
import { compareWithJournal, compareWithServer, endsOf } from './check/compare.mjs'
import { generatedProblems, generateOnPage } from './check/generateOnPage.mjs'
import { pageProblems, savedScenes } from './check/readPage.mjs'
import { serveComfyui } from './check/serveComfyui.mjs'
import { tellStory } from './check/tellStory.mjs'
import { WAIT_MS, waitFor } from './check/waitFor.mjs'
import { copyNode } from './copyNode.mjs'
import { findChromium } from './findChromium.mjs'
import { runCommand } from './runCommand.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {ReturnType<typeof comfyClient>} Comfy */

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const USAGE = 'Usage: npm run check:comfyui -- --comfyui DIR [--python BIN] [--record FILE]'

let passed = 0
let failed = 0
/** One thing that must hold. @param {string} what @param {readonly string[]} problems */
function check(what, problems) {
  if (problems.length === 0) passed += 1
  else failed += 1
  process.stdout.write(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${what}\n`)
  for (const problem of problems.slice(0, 10)) process.stdout.write(`         ${problem}\n`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  failed += 1
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

async function main() {
  const { values } = parseArgs({
    options: {
      comfyui: { type: 'string' },
      python: { type: 'string', default: process.platform === 'win32' ? 'python' : 'python3' },
      record: { type: 'string' },
    },
  })
  if (values.comfyui === undefined || !existsSync(join(values.comfyui, 'main.py'))) throw new Error(USAGE)
  const base = mkdtempSync(join(tmpdir(), 'gemdirect-check-'))
  try {
    await prepare(base)
    const port = await freePort()
    const start = () =>
      serveComfyui({ comfyui: resolve(values.comfyui ?? ''), python: values.python, base, port })
    await run(start, values.record)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** The node with the built page, and the test nodes. @param {string} base */
async function prepare(base) {
  const { code } = await runCommand('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: ROOT })
  if (code !== 0) throw new Error('The dashboard could not be built, see above.')
  for (const folder of ['models', 'input', 'output', 'temp', 'user'])
    mkdirSync(join(base, folder), { recursive: true })
  copyNode(ROOT, join(base, 'custom_nodes', 'gemdirect_telemetry'))
  cpSync(join(ROOT, 'scripts', 'check', 'nodes'), join(base, 'custom_nodes', 'gemdirect_check'), {
    recursive: true,
  })
}

/** @param {() => ReturnType<typeof serveComfyui>} start @param {string | undefined} record */
async function run(start, record) {
  let server = await start()
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...(executablePath ? { executablePath } : {}),
  })
  try {
    const comfy = comfyClient(server.url)
    const context = await browser.newContext()
    const address = `${server.url}/telemetry/ui/`
    const open = () => openPage(context, address)
    let page = await open()
    await checkStory(page, comfy, record)
    page = await checkUnwatched(page, comfy, open)
    await checkKilled(page, comfy, {
      kill: () => server.kill(),
      start: async () => void (server = await start()),
    })
    page = await checkGenerated(page, comfy, open)

    const stranger = await openPage(await browser.newContext(), address)
    await checkAll('a browser that connects for the first time afterwards', stranger, comfy)
  } finally {
    await browser.close()
    await server.kill()
  }
}

/** @param {Page} page @param {Comfy} comfy @param {string | undefined} record */
async function checkStory(page, comfy, record) {
  await tellStory(comfy)
  await waitFor('the story’s end', async () => endsOf(await comfy.journal()).size >= 11)
  await checkAll('a story with every kind of end', page, comfy)
  const kinds = [...endsOf(await comfy.journal()).values()].map(({ exitReason }) => exitReason)
  check(
    'every kind of end was there',
    ['success', 'error', 'outOfMemory', 'interrupted', 'deleted'].filter((kind) => !kinds.includes(kind)),
  )
  check('the page shows the run', await pageProblems(page))
  if (record !== undefined) writeGolden(record, await comfy.journal())
}

/** Closes the page, and answers with the one that was opened after the run. @param {Page} page @param {Comfy} comfy @param {() => Promise<Page>} open */
async function checkUnwatched(page, comfy, open) {
  await page.close()
  await queueSleeps(comfy, 900, 0.5, { runId: 'check-2', runName: 'Nobody watches' })
  await waitFor('the unwatched run’s end', async () => endsOf(await comfy.journal()).size >= 14)
  const opened = await open()
  await checkAll('a run while the tab was closed', opened, comfy)
  return opened
}

/** @param {Page} page @param {Comfy} comfy @param {{ kill(): Promise<void>, start(): Promise<void> }} server */
async function checkKilled(page, comfy, server) {
  await queueSleeps(comfy, 950, 4, { runId: 'check-3', runName: 'Cut off' })
  await page.getByRole('listitem', { name: /^scene-1, executing/ }).waitFor({ timeout: WAIT_MS })
  await server.kill()
  await page.getByRole('button', { name: /^Connection: Reconnecting/ }).waitFor({ timeout: WAIT_MS })
  check('the page says that the killed server is gone', [])
  await server.start()
  await waitFor('the journal after the restart', async () => endsOf(await comfy.journal()).size >= 17)
  const lost = [...endsOf(await comfy.journal()).values()].filter(
    ({ exitReason }) => exitReason === 'serverRestart',
  )
  check('what the killed server lost ended as its restart', lost.length === 3 ? [] : [`${lost.length} of 3`])
  await page.getByRole('button', { name: /^Connection: Live/ }).waitFor({ timeout: WAIT_MS })
  await checkAll('a server killed in the middle of a run', page, comfy)
}

/** Closes the page while the second run goes on, and answers with the one that was opened after it. @param {Page} page @param {Comfy} comfy @param {() => Promise<Page>} open */
async function checkGenerated(page, comfy, open) {
  await generateOnPage(page, 'Generated', 'One at a time.')
  await waitFor('the generated run’s end', async () => endsOf(await comfy.journal()).size >= 20)
  check('a generated run keeps its max wait', generatedProblems(await comfy.journal(), 'Generated'))
  await checkAll('a generated run', page, comfy)

  await generateOnPage(page, 'Left alone', 'All at once.')
  await page.getByText('this tab may be closed').waitFor({ timeout: WAIT_MS })
  await page.close()
  await waitFor(
    'the end of the run that was left alone',
    async () => endsOf(await comfy.journal()).size >= 23,
  )
  check('its limits hold with the tab closed', generatedProblems(await comfy.journal(), 'Left alone'))
  const opened = await open()
  await checkAll('a run that was left alone', opened, comfy)
  return opened
}

/** Three scenes that take so many seconds each. @param {Comfy} comfy @param {number} color @param {number} seconds @param {object} run */
async function queueSleeps(comfy, color, seconds, run) {
  for (const scene of [1, 2, 3])
    await comfy.queue(graphOf('CheckSleep', color + scene, { seconds }), {
      ...run,
      sceneId: `scene-${scene}`,
      sceneCount: 3,
    })
}

/** That the history, the journal and the server tell the same. @param {string} what @param {Page} page @param {Comfy} comfy */
async function checkAll(what, page, comfy) {
  const journal = await comfy.journal()
  /** @type {string[]} */
  let problems = []
  await waitFor(
    'the history',
    async () => (problems = compareWithJournal(journal, await savedScenes(page))).length === 0,
  ).catch(() => undefined)
  check(`${what}: the browser’s history is the journal’s`, problems)
  check(
    `${what}: the journal is what the server itself tells`,
    compareWithServer(journal, await comfy.history()),
  )
}

/** @param {import('@playwright/test').BrowserContext} context @param {string} address */
async function openPage(context, address) {
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => check(`no error on the page: ${message}`, [message]))
  await page.goto(address)
  await page.getByRole('button', { name: /^Connection: Live/ }).waitFor({ timeout: WAIT_MS })
  return page
}

/** The lifecycle messages as the tests of both languages read them, one a line. @param {string} file @param {readonly object[]} journal */
function writeGolden(file, journal) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, journal.map((message) => `${JSON.stringify(message)}\n`).join(''))
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 8199))
    })
  })
}
