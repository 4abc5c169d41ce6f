import { expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import { addTerm, valueOfGroup } from '../../../services/telemetryFilterService'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const BY = ['policy', 'gpuName', 'workflow', 'model', 'day'] as const

it('finds the runs of every group, and leaves out none but them', async () => {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  const runs = [...generateRuns(300, 3)]
  await history.saveRuns(runs)
  for (const by of BY) {
    const groups = await history.groups(by)
    expect(groups.length).toBeGreaterThan(1)
    for (const group of groups) {
      const asked = valueOfGroup(by, group.key)
      if (!asked) throw new Error(`nothing finds ${by} ${group.key}`)
      const found = await history.runIds({ filter: addTerm({}, asked.field, asked.value) })
      const rest = await history.runIds({ filter: addTerm({}, asked.field, asked.value, true) })
      expect(found, `${by} ${group.key}`).toHaveLength(group.runs)
      expect(rest).toHaveLength(runs.length - group.runs)
    }
  }
  history.close()
})

it('is nothing where a run says nothing of it, or what is no policy', () => {
  for (const by of BY) expect(valueOfGroup(by, '')).toBeUndefined()
  for (const key of ['no policy', '{', 'null']) expect(valueOfGroup('policy', key)).toBeUndefined()
})
