import { createRandom, type Random } from '../../services/shared/createRandom'
import { CALM, type Deed, type FaultPlan, type PlannedPrompt, type Step, type WireFaults } from './faultPlan'

const LENGTH_MS = 45_000
const POLICY = {
  maxWaitSeconds: 60,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 0,
  batchSize: 0,
} as const
const TOLD = ['maxWait', 'attemptLimit', 'postExecution', 'rejected'] as const

/** The same seed gives the same plan: a story of some runs, and everything that can go wrong while it is told. */
export function createFaultSchedule(seed: number): FaultPlan {
  const random = createRandom(seed * 7_919 + 1)
  const steps = [{ at: 0, do: 'open' } as const, ...storySteps(random, seed), ...faultSteps(random)]
  return { seed, steps: steps.sort((a, b) => a.at - b.at) }
}

function storySteps(random: Random, seed: number): readonly Step[] {
  const steps: Step[] = []
  for (let run = 1; run <= whole(random, 3, 5); run++) steps.push(...runSteps(random, `run-${seed}-${run}`))
  times(random, 1, 4, () =>
    steps.push(at(random, { do: 'queue', prompt: { promptId: random.uuid(), end: endOf(random) } })),
  )
  times(random, 0, 4, () => steps.push(at(random, { do: 'interrupt' })))
  const queued = steps.flatMap((step) => (step.do === 'queue' ? [{ ...step.prompt, at: step.at }] : []))
  times(random, 0, 3, () => {
    const { promptId, at: since } = pick(random, queued)
    steps.push({ at: since + random.between(0, 2_000), do: 'delete', prompt: promptId })
  })
  times(random, 1, 6, () => {
    const { promptId, label, at: since } = pick(random, queued)
    if (!label) return
    const reason = pick(random, TOLD)
    steps.push({
      at: since + random.between(200, 15_000),
      do: 'outcome',
      prompt: promptId,
      runId: label.runId,
      sceneId: label.sceneId,
      reason,
    })
  })
  return steps
}

function runSteps(random: Random, runId: string): readonly Step[] {
  const begun = random.between(500, LENGTH_MS * 0.7)
  const scenes = whole(random, 1, 4)
  const sceneCount = random.next() < 0.7 ? { sceneCount: scenes } : {}
  const policy = random.next() < 0.6 ? { policy: POLICY } : {}
  const steps: Step[] = random.next() < 0.4 ? [{ at: begun - 100, do: 'run', runId, event: 'begin' }] : []
  for (let scene = 1; scene <= scenes; scene++) {
    const label = { runId, sceneId: `scene-${scene}`, runName: `Run ${runId}`, ...sceneCount, ...policy }
    const queue = (when: number): void => {
      const prompt: PlannedPrompt = { promptId: random.uuid(), end: endOf(random), label }
      steps.push({ at: when, do: 'queue', prompt })
    }
    queue(begun + random.between(0, 3_000))
    if (random.next() < 0.35) queue(begun + random.between(4_000, 14_000))
  }
  if (random.next() < 0.5) {
    const event = random.next() < 0.5 ? 'stopped' : 'ended'
    steps.push({ at: begun + random.between(1_000, 16_000), do: 'run', runId, event })
  }
  return steps
}

function faultSteps(random: Random): readonly Step[] {
  const steps: Step[] = []
  for (let when = 0; when < LENGTH_MS; when += random.between(5_000, 12_000))
    steps.push({ at: when, do: 'wire', faults: wireFaults(random) })
  times(random, 2, 9, () => steps.push(at(random, { do: 'cut' })))
  times(random, 0, 3, () => steps.push(at(random, { do: 'open' })))
  times(random, 0, 3, () => {
    const gone = at(random, { do: random.next() < 0.7 ? 'kill' : 'close', tab: whole(random, 0, 3) })
    steps.push(gone, { at: gone.at + random.between(0, 6_000), do: 'open' })
  })
  times(random, 0, 2, () => {
    const journal = random.next() < 0.25 ? 'lost' : 'kept'
    steps.push(at(random, { do: 'restart', downMs: random.between(200, 4_000), journal }))
  })
  times(random, 0, 2, () =>
    steps.push(at(random, { do: 'tab-clock', tab: whole(random, 0, 3), ms: jump(random) })),
  )
  times(random, 0, 1, () => steps.push(at(random, { do: 'browser-clock', ms: jump(random) })))
  times(random, 0, 1, () => steps.push(at(random, { do: 'server-clock', ms: jump(random) })))
  times(random, 0, 1, () => steps.push(at(random, { do: 'full', forMs: random.between(2_000, 14_000) })))
  return steps
}

function wireFaults(random: Random): WireFaults {
  if (random.next() < 0.3) return CALM
  const share = (most: number): number => (random.next() < 0.5 ? 0 : random.between(0, most))
  return {
    frame: {
      drop: share(0.08),
      duplicate: share(0.1),
      swap: share(0.08),
      delay: share(0.1),
      truncate: share(0.05),
      corrupt: share(0.05),
      cut: share(0.04),
    },
    http: { refuse: share(0.3), slow: share(0.3), status: share(0.3), truncate: share(0.3), cut: share(0.2) },
  }
}

function endOf(random: Random): PlannedPrompt['end'] {
  const dice = random.next()
  return dice < 0.65 ? 'success' : dice < 0.85 ? 'error' : 'outOfMemory'
}

const at = <T extends Deed>(random: Random, deed: T): T & { at: number } => ({
  ...deed,
  at: random.between(1_000, LENGTH_MS),
})
/** Minutes, forth or back. */
const jump = (random: Random): number => Math.round(random.between(-10, 10) * 60_000)
const whole = (random: Random, low: number, high: number): number => Math.floor(random.between(low, high + 1))
function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random.next() * from.length)]
  if (chosen === undefined) throw new Error('There is nothing to choose from.')
  return chosen
}
function times(random: Random, low: number, high: number, body: () => void): void {
  for (let left = whole(random, low, high); left > 0; left--) body()
}
