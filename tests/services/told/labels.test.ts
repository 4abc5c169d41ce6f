import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openServices, type Services } from '../../../services/telemetry/openServices'
import { createToldChannel, type ToldChannel } from '../../../services/told/createToldChannel'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { startScriptedNode, type ScriptedNode } from '../../helpers/scriptedNode'
import { waitUntil } from '../../helpers/waitUntil'

let node: ScriptedNode
let services: Services
let told: ToldChannel
/** Hears what another tab hears. */
let listener: ToldChannel

beforeEach(async () => {
  node = await startScriptedNode()
  told = createToldChannel()
  listener = createToldChannel()
  services = openServices({
    url: node.url,
    indexedDB: freshIndexedDB(),
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  })
  await waitUntil(() => services.realtime.getSnapshot().connection.status === 'live', 'live')
  await waitUntil(() => services.recording.getSnapshot().status === 'recording', 'recording')
})
afterEach(async () => {
  told.close()
  listener.close()
  await services.dispose()
  await node.close()
})

const label = () =>
  told.tell({ type: 'label', base: node.url, at: Date.now(), promptId: 'p', runId: 'host', sceneId: 's' })
const update = (fields: object): object => ({
  type: 'update',
  runId: 'adhoc-p',
  sceneId: 'p',
  promptId: 'p',
  attempt: 1,
  timestamp: Date.now(),
  ...fields,
})
const runs = () => services.realtime.getSnapshot().runs.map(({ runId }) => runId)
const saved = async (runId: string) => (await services.opened).history.getRun(runId)

it('a prompt that its host labels is that scene’s from its first message on', async () => {
  // Channels deliver in the order in which they were opened: what the last has heard, the services have.
  const heard = new Promise<void>((resolve) => listener.onTold(() => resolve()))
  label()
  await heard
  node.record(
    update({ status: 'queued' }),
    update({ status: 'completed', exitReason: 'success', duration: 5 }),
  )
  await waitUntil(async () => (await saved('host'))?.scenes.length === 1, 'the scene')
  expect((await saved('host'))?.scenes[0]).toMatchObject({ sceneId: 's', promptId: 'p', status: 'success' })
  expect(runs()).toEqual(['host'])
  expect(await saved('adhoc-p')).toBeUndefined()
})

it('a label that comes late moves what was shown and saved without it', async () => {
  node.record(update({ status: 'queued' }))
  await waitUntil(() => saved('adhoc-p'), 'the run of its own')
  expect(runs()).toEqual(['adhoc-p'])
  label()
  await waitUntil(async () => (await saved('host')) && !(await saved('adhoc-p')), 'the move')
  expect(runs()).toEqual(['host'])
  expect([...services.realtime.getSnapshot().scenes.values()]).toMatchObject([
    { runId: 'host', sceneId: 's' },
  ])
  node.record(update({ status: 'completed', exitReason: 'success', duration: 5 }))
  await waitUntil(async () => (await saved('host'))?.scenes.length === 1, 'the scene')
  expect(await saved('adhoc-p')).toBeUndefined()
})

it('what a prompt’s own labels say stands', async () => {
  label()
  node.record(update({ runId: 'own', status: 'queued' }))
  await waitUntil(() => runs().length > 0, 'the run')
  expect(runs()).toEqual(['own'])
})
