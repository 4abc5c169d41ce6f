import { expect, it } from 'vitest'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { openTestServices } from '../../helpers/openTestServices'
import { waitUntil } from '../../helpers/waitUntil'

it('the host’s draft is in the history once, its figures in no statistic, and stays away once deleted', async () => {
  const indexedDB = freshIndexedDB()
  const request = indexedDB.open('gemDirect1_telemetry', 1)
  request.onupgradeneeded = () =>
    request.result.createObjectStore('runs', { keyPath: 'runId' }).put({
      runId: 'drafted',
      timestamp: 1_760_000_000_000,
      metadata: { totalDuration: 60_000, successRate: 100 },
      notes: 'kept by hand',
    })
  await new Promise((resolve) => (request.onsuccess = resolve))

  const first = openTestServices('http://127.0.0.1:9', { indexedDB })
  const { history } = await first.opened
  await waitUntil(async () => (await history.runIds()).includes('drafted'), 'the draft is taken over')
  expect(await history.runIds()).toEqual(['drafted'])
  expect(await history.getRun('drafted')).toMatchObject({ source: 'gemdirect1-draft', notes: 'kept by hand' })
  expect((await history.statistics()).runs).toBe(0)
  await history.deleteEverything()
  await first.dispose()

  const second = openTestServices('http://127.0.0.1:9', { indexedDB })
  await second.ready
  const later = (await second.opened).draft
  await waitUntil(() => later.isRead(), 'the draft was looked for again')
  expect(await (await second.opened).history.runIds()).toEqual([])
  await second.dispose()
  request.result.close()
})
