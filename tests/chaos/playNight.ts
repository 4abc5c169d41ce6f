// A night's work in a minute or two: eight hours of prompts over a wire that drops all the time, recorded by one page that nobody
// reloads. Says a line of JSON: what is wrong with its history, and how its heap grew once it was warm.
import type { CDPSession, Page } from '@playwright/test'
import { createSimulator } from '../../simulator/createSimulator'
import { compareWithJournal } from './compareWithJournal'
import { compressTime } from './compressTime'
import { ask, launchChromium } from './openChromium'
import { servePages } from './servePages'
import { TIME_FACTOR } from './timeFactor'

/** Eight hours of prompts that take fourteen seconds each. */
const PROMPTS = 2_000
const WARM = 500
const PACE = 0.02
/** What a page may keep of the 1,500 prompts after it was warm: a kilobyte each would be 1.5 MB. */
const MAX_GROWTH = 1_500_000
/** Prompts that wait in the queue. */
const AHEAD = 20
const SAMPLER = { model: ['1', 0], positive: ['1', 0], latent_image: ['1', 0], steps: 30, seed: 1 }
const PATIENCE_MS = 1_200_000

let queued = 0
const pages = await servePages()
const chromium = await launchChromium()
compressTime(TIME_FACTOR)
const origin = new URL(pages.url).origin
const simulator = await createSimulator({
  seed: 8,
  pace: PACE,
  scenario: 'flapping',
  tellsStories: false,
  allowedOrigin: origin,
})
const page = await chromium.newPage()
page.setDefaultTimeout(30_000 * TIME_FACTOR)
const debug = await page.context().newCDPSession(page)
try {
  const query = new URLSearchParams({
    comfy: simulator.url,
    db: 'night',
    factor: String(TIME_FACTOR),
    moved: '0',
  })
  await page.goto(`${pages.url}?${query}`)
  await queueUpTo(WARM)
  const before = await heapOf(debug)
  await queueUpTo(PROMPTS)
  const growth = (await heapOf(debug)) - before
  simulator.quiet()
  const problems = await wholeHistory(page)
  const tooMuch = growth > MAX_GROWTH ? [`The heap grew by ${growth} bytes, from ${before}.`] : []
  process.stdout.write(
    `${JSON.stringify({ ends: endsOf(), before, growth, problems: [...problems, ...tooMuch] })}\n`,
  )
} finally {
  await chromium.close()
  await simulator.close()
  await pages.close()
}
process.exit(0)

/** Scene by scene, four to a run, every tenth an error that takes its time; resolves when all have ended. */
async function queueUpTo(count: number): Promise<void> {
  for (; queued < count; queued += 1) {
    while (queued - endsOf() > AHEAD) await pause()
    const body = JSON.stringify(promptOf(queued))
    const answer = await fetch(`${simulator.url}/prompt`, { method: 'POST', body })
    if (!answer.ok) throw new Error(`A prompt of the night was refused: ${await answer.text()}`)
  }
  while (endsOf() < count) await pause()
}

function promptOf(index: number): object {
  const sampler = index % 10 === 9 ? { '2': { class_type: 'KSampler', inputs: SAMPLER } } : {}
  const run = Math.floor(index / 4)
  const telemetry = { runId: `night-${run}`, sceneId: `scene-${index % 4}`, sceneCount: 4 }
  return {
    prompt_id: `night-prompt-${index}`,
    prompt: {
      '1': { class_type: 'VAEDecode', inputs: { samples: ['2', 0], vae: ['2', 1] } },
      ...sampler,
      '3': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'night' } },
    },
    extra_data: { simulate: index % 10 === 9 ? 'error' : 'success', telemetry },
  }
}

function endsOf(): number {
  return simulator.journal().filter(({ exitReason }) => exitReason !== undefined).length
}

async function wholeHistory(from: Page): Promise<readonly string[]> {
  let problems: readonly string[] = []
  await until(async () => {
    const history = await ask(from, (tab) => tab.read())
    problems = compareWithJournal({
      journals: [simulator.journal()],
      history,
      saidUnknown: false,
      areRunsOver: false,
    })
    return problems.length === 0
  })
  return problems
}

/** Gives up in the end; what it waited for is judged afterwards. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await isSo()) && Date.now() < end) await pause()
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500))
}
