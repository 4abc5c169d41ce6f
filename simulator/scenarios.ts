/** How a simulated scene ends; one that never does waits to be interrupted. */
export type SimulatedOutcome = 'success' | 'error' | 'outOfMemory' | 'never'

/** What a simulated server does, as data: the engine and the routes read it, nothing else knows a scenario's name. */
export interface Scenario {
  readonly name: ScenarioName
  /** For the menu. */
  readonly title: string
  readonly scenes: number
  /** Prompts that execute at the same time; ComfyUI itself has one. */
  readonly parallel: number
  /** The longest node's steps and their time, ms. */
  readonly steps: number
  readonly stepMs: number
  /** Whether there is a `/telemetry` at all. */
  readonly hasTelemetry: boolean
  /** ComfyUI-Crystools is installed: its monitor sends the GPU's figures on `/ws` once a second. */
  readonly hasCrystools: boolean
  /** The stream falls silent after its `state`, its socket stays open. */
  readonly isSilent: boolean
  /** Every stream is cut at a random time of this range, ms. */
  readonly dropEveryMs?: readonly [number, number]
  /** During this scene of a story (counted from 1) the server goes away for `downMs`. */
  readonly restartAtScene?: number
  readonly downMs: number
  /** How the attempts of a scene (both counted from 1) end, one after another; the rest succeed. */
  readonly failures: Readonly<Record<number, readonly SimulatedOutcome[]>>
  /** The stories' limit on a scene's execution, s. */
  readonly maxWaitSeconds: number
  /** The first prompt after a start of the server takes so many times as long. */
  readonly coldFactor: number
  /** Every JSON answer is held back so long, ms. */
  readonly answerMs: number
  /** Frames that no server should send stand between the true ones. */
  readonly isGarbled: boolean
}
export type ScenarioName = (typeof SCENARIO_NAMES)[number]

const SCENARIO_NAMES = [
  'healthy',
  'flapping',
  'stock',
  'crystools',
  'stalled',
  'restart',
  'out-of-memory',
  'busy',
  'slow',
  'timeouts',
  'garbage',
] as const

const HEALTHY: Scenario = {
  name: 'healthy',
  title: 'Healthy',
  scenes: 4,
  parallel: 1,
  steps: 30,
  stepMs: 380,
  hasTelemetry: true,
  hasCrystools: false,
  isSilent: false,
  downMs: 4_000,
  failures: {},
  maxWaitSeconds: 600,
  coldFactor: 1,
  answerMs: 0,
  isGarbled: false,
}

export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  healthy: HEALTHY,
  flapping: {
    ...HEALTHY,
    name: 'flapping',
    title: 'Flapping connection',
    dropEveryMs: [3_000, 8_000],
  },
  stock: { ...HEALTHY, name: 'stock', title: 'Stock server', hasTelemetry: false },
  crystools: {
    ...HEALTHY,
    name: 'crystools',
    title: 'Stock server with Crystools',
    hasTelemetry: false,
    hasCrystools: true,
  },
  stalled: { ...HEALTHY, name: 'stalled', title: 'Silent server', isSilent: true },
  restart: {
    ...HEALTHY,
    name: 'restart',
    title: 'Server restart',
    restartAtScene: 2,
  },
  'out-of-memory': {
    ...HEALTHY,
    name: 'out-of-memory',
    title: 'Out of memory',
    failures: { 2: ['outOfMemory'], 3: ['error', 'error'] },
  },
  busy: {
    ...HEALTHY,
    name: 'busy',
    title: 'A hundred scenes',
    scenes: 100,
    parallel: 100,
    steps: 300,
    stepMs: 100,
  },
  slow: { ...HEALTHY, name: 'slow', title: 'Slow server', coldFactor: 50, answerMs: 1_000 },
  timeouts: {
    ...HEALTHY,
    name: 'timeouts',
    title: 'Scenes that never finish',
    stepMs: 190,
    maxWaitSeconds: 25,
    failures: { 2: ['never'], 3: ['never', 'never'] },
  },
  garbage: { ...HEALTHY, name: 'garbage', title: 'Garbled stream', isGarbled: true },
}

export const isScenarioName = (name: unknown): name is ScenarioName =>
  SCENARIO_NAMES.some((known) => known === name)
