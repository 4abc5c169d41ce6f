import { afterEach, describe, expect, it } from 'vitest'
import { exportHistory, importRuns } from '../../../services/exportService'
import { openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { RunHistory } from '../../../types'
import { tracesOf } from '../../helpers/arbitraryRun'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
const open = async (): Promise<RunHistory> => {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  opened.push(history)
  return history
}
afterEach(() => opened.splice(0).forEach((history) => history.close()))

describe('moving a history from one browser to another', () => {
  it('leaves no record that differs, traces included, however often it is done', async () => {
    const runs = [...generateRuns(700, 4)]
    const traces = tracesOf(runs.slice(0, 50))
    const from = await open()
    await from.saveRuns(runs)
    await from.saveTraces(traces)
    const { blob } = await exportHistory(from, { format: 'json' })
    const to = await open()
    expect(await importRuns(to, blob, { dryRun: true })).toMatchObject({ added: 700, invalid: [] })
    expect((await to.storage()).runs).toBe(0)
    expect(await importRuns(to, blob)).toMatchObject({ added: 700, same: 0, invalid: [] })
    expect(await importRuns(to, blob)).toMatchObject({ added: 0, same: 700, invalid: [] })
    const ids = await from.runIds()
    expect(await to.runIds()).toEqual(ids)
    expect(await to.getRuns(ids)).toEqual(await from.getRuns(ids))
    const attempts = traces.map(({ source, promptId = '' }) => ({ source, promptId }))
    expect(await to.traces(attempts)).toEqual(traces)
  })

  it('takes what a query finds, in its order', async () => {
    const from = await open()
    await from.saveRuns(generateRuns(300, 4))
    const query = { sort: { by: 'averageDuration', direction: 'asc' }, limit: 150 } as const
    const { blob } = await exportHistory(from, { format: 'csv', fields: ['runId'], query })
    const rows = (await blob.text()).trim().split('\r\n').slice(1)
    expect([...new Set(rows)]).toEqual(await from.runIds(query))
  })
})
