import { createSimulator } from '../../simulator/createSimulator'
import type { ChaosServer, Journal } from './chaosServer'
import { findPort } from './findPort'

/** A prompt of ten seconds takes one. */
const PACE = 0.1

/** The simulator, told by the plan alone. */
export async function startSimulatorServer(seed: number): Promise<ChaosServer> {
  let moved = 0
  const clock = { wall: () => Date.now() + moved, mono: () => Math.round(performance.now()) }
  const simulator = await createSimulator({
    port: await findPort(),
    seed,
    pace: PACE,
    tellsStories: false,
    clock,
  })
  const past: Journal[] = []
  let turn = Promise.resolve()
  return {
    url: () => simulator.url,
    restart: (downMs, journal) =>
      (turn = turn.then(async () => {
        if (journal === 'lost') past.push(simulator.journal())
        await simulator.restart(downMs, journal)
      })),
    moveClock: async (ms) => void (moved += ms),
    async finish() {
      await turn
      simulator.quiet()
    },
    journals: () => Promise.resolve([...past, simulator.journal()]),
    close: simulator.close,
  }
}
