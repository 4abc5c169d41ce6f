import { createRandom } from '../../services/shared/createRandom'
import type { ChaosBrowser, OpenBrowser } from './chaosBrowser'
import { tellStory, type ChaosServer } from './chaosServer'
import { compareWithJournal } from './compareWithJournal'
import { createChaosProxy, type ChaosProxy } from './createChaosProxy'
import { CALM, type FaultPlan, type Step } from './faultPlan'

/** What a plan came to: no problems means that the history is the journal. */
export interface PlanReport {
  readonly seed: number
  readonly problems: readonly string[]
  /** Ends that the journals hold. */
  readonly ends: number
  /** Faults of the wire that were done, by name. */
  readonly faults: Readonly<Record<string, number>>
  /** What the pages said of themselves, where there are problems. */
  readonly pages: readonly string[]
}
export interface PlanWorld {
  readonly startServer: (seed: number) => Promise<ChaosServer>
  readonly openBrowser: OpenBrowser
}

/** How long, once all is calm, the history may take to be whole. */
const PATIENCE_MS = 600_000
const LOOK_MS = 1_000
/** Longer than the longest silence that ends a run. */
const HOUR_MS = 3_600_000

/** Plays one plan against a server and a browser of its own. Never rejects. */
export async function runPlan(plan: FaultPlan, world: PlanWorld): Promise<PlanReport> {
  const server = await world.startServer(plan.seed)
  const proxy = await createChaosProxy(server.url, createRandom(plan.seed))
  const browser = await world.openBrowser(proxy.url, `chaos-${plan.seed}`)
  const stage: Stage = { server, proxy, browser, isLossKnown: false }
  try {
    await play(plan, stage)
    const problems = await settle(stage)
    const ends = (await server.journals()).flat().filter(({ exitReason }) => exitReason !== undefined).length
    const pages = problems.length > 0 ? await browser.describe() : []
    return { seed: plan.seed, problems, ends, faults: proxy.done, pages }
  } catch (error) {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { seed: plan.seed, problems: [problem], ends: 0, faults: proxy.done, pages: [] }
  } finally {
    await browser.close()
    await proxy.close()
    await server.close()
  }
}

interface Stage {
  readonly server: ChaosServer
  readonly proxy: ChaosProxy
  readonly browser: ChaosBrowser
  /** A journal was lost of which the history knew. */
  isLossKnown: boolean
}

async function play(plan: FaultPlan, stage: Stage): Promise<void> {
  const began = Date.now()
  const deeds: Promise<unknown>[] = []
  for (const step of plan.steps) {
    await pause(began + step.at - Date.now())
    deeds.push(inTime(step, perform(step, stage)))
  }
  await Promise.all(deeds)
}

/** A tab that never closes is a defect like any other. */
function inTime(step: Step, deed: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`This came to no end: ${JSON.stringify(step)}`)),
      PATIENCE_MS,
    )
    deed.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function perform(step: Step, stage: Stage): Promise<void> {
  const { server, proxy, browser } = stage
  switch (step.do) {
    case 'wire':
      return proxy.setFaults(step.faults)
    case 'cut':
      return proxy.cut()
    case 'restart':
      // Only who knew a journal can say that it is gone.
      if (step.journal === 'lost') stage.isLossKnown ||= (await browser.read()).sources.length > 0
      return server.restart(step.downMs, step.journal)
    case 'server-clock':
      return server.moveClock(step.ms)
    case 'open':
      return browser.open()
    case 'kill':
    case 'close':
      return browser.leave(step.tab, step.do)
    case 'tab-clock':
      return browser.moveTabClock(step.tab, step.ms)
    case 'browser-clock':
      return browser.moveClock(step.ms)
    case 'full':
      await browser.setFull(true)
      await pause(step.forMs)
      return browser.setFull(false)
    default:
      return tellStory(server, step)
  }
}

/** First by the tabs that lived through it, then by one that comes long afterwards. */
async function settle(stage: Stage): Promise<readonly string[]> {
  const { server, proxy, browser } = stage
  proxy.setFaults(CALM)
  await browser.setFull(false)
  await server.finish()
  await browser.open()
  const problems = await patiently(stage, false)
  if (problems.length > 0) return problems
  await browser.leaveAll('kill')
  await server.moveClock(HOUR_MS)
  await browser.open()
  return patiently(stage, true)
}

async function patiently(
  { server, browser, isLossKnown }: Stage,
  areRunsOver: boolean,
): Promise<readonly string[]> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const [journals, history] = [await server.journals(), await browser.read()]
    const saidUnknown = !isLossKnown || (await browser.saidUnknown())
    const problems = compareWithJournal({ journals, history, saidUnknown, areRunsOver })
    if (problems.length === 0 || Date.now() > until) return problems
    await pause(LOOK_MS)
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
