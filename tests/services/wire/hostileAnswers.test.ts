import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetchEvents } from '../../../services/realtime/fetchEvents'
import { readSystemStats } from '../../../services/realtime/pollSystemStats'
import { probeServer } from '../../../services/realtime/probeServer'
import { fetchTraces } from '../../../services/recorder/fetchTraces'
import { createSimulatorControl } from '../../../services/simulatorControl'
import { hostileJson, soundness } from '../../helpers/hostileJson'

const BASE = 'http://server.test'
const { signal } = new AbortController()
const answering =
  (body: string, status = 200): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, { status }))

/** Each asks as the product does; answers what was understood of the body, undefined for nothing. */
const questions: readonly (readonly [string, readonly unknown[], (body: string) => Promise<unknown>])[] = [
  [
    '/telemetry/info',
    [
      {
        protocols: [1],
        server: { name: 'n', version: '1' },
        source: 's',
        epoch: 'e',
        seq: 3,
        simulated: true,
      },
      { protocols: [9], server: { name: 'n' }, source: 's' },
    ],
    async (body) => {
      const probe = await probeServer(BASE, answering(body), 'http://page.test', signal)
      return probe.kind === 'silent' ? undefined : probe
    },
  ],
  [
    '/telemetry/info, refusing',
    [{ error: 'Set GEMDIRECT_TELEMETRY_ORIGINS=http://page.test.' }],
    (body) => probeServer(BASE, answering(body, 403), 'http://page.test', signal),
  ],
  [
    '/telemetry/events',
    [
      {
        epoch: 'e',
        next: 5,
        events: [
          { type: 'update', sceneId: 's', runId: 'r', promptId: 'p', seq: 4, timestamp: 1, status: 'queued' },
          { type: 'run', runId: 'r', event: 'ended', seq: 5 },
        ],
      },
    ],
    async (body) => {
      const page = await fetchEvents(BASE, { epoch: 'e', seq: 3 }, answering(body), signal)
      return page.kind === 'page' ? page : undefined
    },
  ],
  [
    '/telemetry/trace',
    [
      {
        source: 's',
        promptId: 'p',
        points: [{ at: 1, gpus: [{ index: 0, vramFree: 5 }] }],
        gaps: [{ from: 1, to: 2 }],
      },
    ],
    async (body) => (await fetchTraces(BASE, ['p'], answering(body), signal))[0],
  ],
  [
    '/system_stats',
    [{ system: {}, devices: [{ name: 'cuda:0', type: 'cuda', index: 0, vram_total: 24e9, vram_free: 2e9 }] }],
    (body) => readSystemStats(BASE, answering(body), signal),
  ],
  [
    '/simulator/scenarios',
    [{ scenario: 'healthy', scenarios: [{ name: 'healthy', title: 'Healthy' }], sought: 'x' }],
    (body) => createSimulatorControl(BASE, answering(body)).menu(signal),
  ],
]

describe.each(questions)('10,000 hostile answers to %s', (_, valid, ask) => {
  it('throw nothing, reach no prototype, and what is let in is sound and no longer than it came', async () => {
    let understood = 0
    await fc.assert(
      fc.asyncProperty(hostileJson(valid), async (body) => {
        const answer = await ask(body)
        if (answer === undefined) return
        understood += 1
        expect(soundness(answer)).toBe('sound')
        expect(JSON.stringify(answer).length).toBeLessThan(2 * body.length + 500)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(understood).toBeGreaterThan(500)
  }, 60_000)
})
