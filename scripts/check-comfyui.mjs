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
import { serveComfyui } from './check/serveComfyui.mjs'
import { copyNode } from './copyNode.mjs'
import { findChromium } from './findChromium.mjs'
import { runCommand } from './runCommand.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const WAIT_MS = 60_000
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
    let page = await openPage(context, address)

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

    await page.close()
    for (const scene of [1, 2, 3])
      await comfy.queue(graphOf('CheckSleep', 900 + scene, { seconds: 0.5 }), {
        runId: 'check-2',
        runName: 'Nobody watches',
        sceneId: `scene-${scene}`,
        sceneCount: 3,
      })
    await waitFor('the unwatched run’s end', async () => endsOf(await comfy.journal()).size >= 14)
    page = await openPage(context, address)
    await checkAll('a run while the tab was closed', page, comfy)

    for (const scene of [1, 2, 3])
      await comfy.queue(graphOf('CheckSleep', 950 + scene, { seconds: 4 }), {
        runId: 'check-3',
        runName: 'Cut off',
        sceneId: `scene-${scene}`,
        sceneCount: 3,
      })
    await page.getByRole('listitem', { name: /^scene-1, executing/ }).waitFor({ timeout: WAIT_MS })
    await server.kill()
    await page.getByRole('button', { name: /^Connection: Reconnecting/ }).waitFor({ timeout: WAIT_MS })
    check('the page says that the killed server is gone', [])
    server = await start()
    await waitFor('the journal after the restart', async () => endsOf(await comfy.journal()).size >= 17)
    const lost = [...endsOf(await comfy.journal()).values()].filter(
      ({ exitReason }) => exitReason === 'serverRestart',
    )
    check(
      'what the killed server lost ended as its restart',
      lost.length === 3 ? [] : [`${lost.length} of 3`],
    )
    await page.getByRole('button', { name: /^Connection: Live/ }).waitFor({ timeout: WAIT_MS })
    await checkAll('a server killed in the middle of a run', page, comfy)

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
    page = await openPage(context, address)
    await checkAll('a run that was left alone', page, comfy)

    const stranger = await openPage(await browser.newContext(), address)
    await checkAll('a browser that connects for the first time afterwards', stranger, comfy)
  } finally {
    await browser.close()
    await server.kill()
  }
}

/** Successes, an error, an out-of-memory with a retry, an interrupt, one from cache, two deleted, two unlabelled. @param {ReturnType<typeof comfyClient>} comfy */
async function tellStory(comfy) {
  const label = (/** @type {number} */ scene, attempt = 1) => ({
    runId: 'check-1',
    runName: 'Check',
    storyId: 'check',
    sceneId: `scene-${scene}`,
    sceneCount: 7,
    attempt,
    tags: ['check'],
  })
  const sleep = (/** @type {number} */ color, seconds = 1) => graphOf('CheckSleep', color, { seconds })
  await comfy.queue(sleep(1), label(1))
  await comfy.queue(graphOf('CheckRaise', 2), label(2))
  await comfy.queue(graphOf('CheckOutOfMemory', 3), label(3))
  await comfy.queue(sleep(3), label(3, 2))
  await waitFor('the retry’s end', async () => endsOf(await comfy.journal()).size >= 4)
  const interrupted = await comfy.queue(sleep(4, 30), label(4))
  const deleted = [await comfy.queue(sleep(6), label(6)), await comfy.queue(sleep(7), label(7))]
  await waitFor('the long scene’s begin', async () =>
    (await comfy.journal()).some(
      ({ promptId, status }) => promptId === interrupted && status === 'executing',
    ),
  )
  await comfy.remove(deleted)
  await comfy.interrupt()
  await comfy.queue(sleep(1), label(5))
  await comfy.queue(sleep(1), label(5, 2))
  await comfy.queue(sleep(8))
  await comfy.queue(sleep(9))
}

/** @param {string} what @param {import('@playwright/test').Page} page @param {ReturnType<typeof comfyClient>} comfy */
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

/** @param {import('@playwright/test').Page} page */
async function pageProblems(page) {
  await page.evaluate(() => (location.hash = '#/history'))
  const row = page.getByRole('row', { name: /Check/ })
  await row.waitFor({ timeout: WAIT_MS })
  const text = (await row.textContent()) ?? ''
  await page.evaluate(() => (location.hash = '#/live'))
  return text.includes('3/7') ? [] : [`the row reads "${text}"`]
}

/** @param {import('@playwright/test').Page} page @returns {Promise<any[]>} */
function savedScenes(page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name)
    if (!names.includes('gemdirect1-telemetry')) return []
    const db = await new Promise((resolve, reject) => {
      const request = indexedDB.open('gemdirect1-telemetry')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    return new Promise((resolve, reject) => {
      const request = db.transaction('scenes').objectStore('scenes').getAll()
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    }).finally(() => db.close())
  })
}

/** @param {string} what @param {() => Promise<unknown>} holds */
async function waitFor(what, holds) {
  const until = Date.now() + WAIT_MS
  while (!(await holds().catch(() => false))) {
    if (Date.now() > until) throw new Error(`Waited a minute in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
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
