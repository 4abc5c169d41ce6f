import type { Random } from '../services/shared/createRandom'
import type { Route } from './answer'
import type { Clock } from './clock'
import { createEngine, type Engine } from './createEngine'
import type { Journal } from './createJournal'
import { createNode, type SimulatedNode } from './createNode'
import type { NodeIdentity } from './identity'
import { keepPolicies } from './keepPolicies'
import type { Scenario } from './scenarios'
import { stockRoutes } from './stockRoutes'
import { telemetryRoutes } from './telemetryRoutes'
import { tellStories, type Storyteller } from './tellStories'

/** What one scenario has running; torn down as a whole. */
export interface Stage {
  readonly scenario: Scenario
  readonly engine: Engine
  readonly node: SimulatedNode
  readonly routes: Readonly<Record<string, Route>>
  readonly story: Storyteller | undefined
  dispose(): void
}
/** What outlasts a scenario. */
export interface StageWorld {
  readonly journal: Journal
  readonly identity: NodeIdentity
  readonly random: Random
  readonly clock: Clock
  /** Multiplies all times. */
  readonly pace: number
  /** Whether it queues stories by itself. */
  readonly tellsStories: boolean
  /** The scenario wants the process to die now, and to be gone so long, ms. */
  readonly onRestart: (downMs: number) => void
}

/** Into the scene that a scenario restarts in, ms. */
const RESTART_AFTER_MS = 3_000

/** Sets up a scenario, which begins at once. Whoever made it disposes of it. */
export function createStage(scenario: Scenario, world: StageWorld): Stage {
  const { random, pace, clock, identity } = world
  const engine = createEngine(scenario, random, pace, clock)
  const node = createNode(engine, world.journal, identity.source, random, pace, clock)
  let restarting: ReturnType<typeof setTimeout> | undefined
  const onScene = (scene: number, attempt: number): void => {
    if (scene !== scenario.restartAtScene || attempt !== 1) return
    restarting = setTimeout(() => world.onRestart(scenario.downMs * pace), RESTART_AFTER_MS * pace)
  }
  const stopKeeping = scenario.hasTelemetry ? keepPolicies(engine, node) : undefined
  const story = world.tellsStories
    ? tellStories(engine, scenario, random, pace, { onScene, tellNode: node.hear })
    : undefined
  return {
    scenario,
    engine,
    node,
    story,
    routes: {
      ...stockRoutes(engine, node, random),
      ...(scenario.hasTelemetry ? telemetryRoutes(node, identity) : {}),
    },
    dispose() {
      clearTimeout(restarting)
      stopKeeping?.()
      story?.stop()
      engine.crash()
      node.endLost()
      node.dispose()
      engine.dispose()
    },
  }
}
