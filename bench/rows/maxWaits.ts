import { DEFAULT_POLICY } from '../../services/shared/defaultPolicy'
import type { Simulator } from '../../simulator/createSimulator'
import type { RealTab } from '../../tests/helpers/realBrowser'
import { pause } from '../measure'
import type { LiveBench } from '../pages/live'

const SCENES = 3
const MAX_WAIT_MS = 100_000
const QUEUED_WITHIN_MS = 10_000

/** Queues scenes that take an hour, one after another, on a server that keeps no limit by itself. */
export async function queueLong(tab: RealTab, simulator: Simulator): Promise<void> {
  const prompt = {
    1: { class_type: 'Simulate', inputs: { how: 'success', seconds: 3_600 } },
    2: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'scene' } },
  }
  const policy = { ...DEFAULT_POLICY, maxWaitSeconds: MAX_WAIT_MS / 1_000, sceneRetryBudget: 0 }
  const scenes = Array.from({ length: SCENES }, (_, i) => ({ sceneId: `scene-${i}`, prompt }))
  await tab.evaluate((request) => (globalThis as unknown as { bench: LiveBench }).bench.generate(request), {
    policy,
    scenes,
  })
  const until = Date.now() + QUEUED_WITHIN_MS
  while (simulator.journal().length === 0) {
    if (Date.now() > until) throw new Error('Nothing was queued in the tab: the row is void.')
    await pause(100)
  }
}

/** Of the scenes whose limit fell due: how far from it the worst was interrupted, ms; and that the history calls it by its name. */
export async function worstError(tab: RealTab, simulator: Simulator): Promise<number> {
  const entries = simulator.journal().map(({ promptId, status, timestamp }) => ({
    promptId: String(promptId),
    status,
    at: Number(timestamp),
  }))
  const queued = new Map(
    entries.flatMap((each) => (each.status === 'queued' ? [[each.promptId, each.at]] : [])),
  )
  const ended = entries.filter(({ status }) => status === 'failed')
  if (ended.length < SCENES) throw new Error(`Only ${ended.length} of ${SCENES} limits were kept.`)
  const saved = new Map(
    await tab.evaluate(
      () => (globalThis as unknown as { bench: LiveBench }).bench.savedAttempts(),
      undefined,
    ),
  )
  const wrong = ended.filter(({ promptId }) => saved.get(promptId) !== 'maxWait')
  if (wrong.length > 0) throw new Error(`${wrong.length} of ${SCENES} limits are not in the history as such.`)
  const errors = ended.map(({ promptId, at }) => Math.abs(at - (queued.get(promptId) ?? 0) - MAX_WAIT_MS))
  return Math.max(...errors)
}
