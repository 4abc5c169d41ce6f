import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { BrowserSocket } from '../helpers/BrowserSocket'
import { openServices, type Services } from '../../services/telemetry/openServices'
import { freshIndexedDB } from '../helpers/fakeIndexedDB'
import { startScriptedNode, type ScriptedNode } from '../helpers/scriptedNode'
import { waitUntil } from '../helpers/waitUntil'

/** What the node sent on a real ComfyUI; recorded by `npm run check:comfyui -- --record`. */
const MESSAGES: readonly Record<string, unknown>[] = readFileSync(
  'tests/fixtures/golden/lifecycle.jsonl',
  'utf8',
)
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line))

let node: ScriptedNode | undefined
let services: Services | undefined
afterEach(async () => {
  await services?.dispose()
  await node?.close()
})

describe('a real server’s lifecycle', () => {
  it('becomes the history it tells, none of its messages refused', async () => {
    node = await startScriptedNode()
    node.journal.push(...MESSAGES)
    services = openServices({
      url: node.url,
      indexedDB: freshIndexedDB(),
      WebSocket: BrowserSocket,
    })
    const { history } = await services.opened
    await waitUntil(async () => (await history.queryRuns()).total >= 2, 'both runs saved')
    await waitUntil(async () => (await history.getRun('check-1'))?.scenes.length === 7, 'all scenes saved')

    const run = await history.getRun('check-1')
    const ends = run?.scenes.map(({ sceneId, status, exitReason, attempts }) => [
      sceneId,
      status,
      exitReason,
      attempts,
    ])
    expect(ends?.sort()).toEqual([
      ['scene-1', 'success', 'success', 1],
      ['scene-2', 'failed', 'error', 1],
      ['scene-3', 'success', 'success', 2],
      ['scene-4', 'skipped', 'interrupted', 1],
      ['scene-5', 'success', 'success', 2],
      ['scene-6', 'skipped', 'deleted', 1],
      ['scene-7', 'skipped', 'deleted', 1],
    ])
    expect(run?.scenes.find(({ sceneId }) => sceneId === 'scene-5')?.cached).toBeGreaterThan(0)
    expect(run).toMatchObject({ runName: 'Check', storyId: 'check', tags: ['check'] })
    const { runs } = await history.queryRuns()
    expect(runs.find(({ runId }) => runId.startsWith('adhoc-'))?.counts.success).toBe(2)
    expect(services.realtime.getSnapshot().counters.refused).toBe(0)
  })
})
