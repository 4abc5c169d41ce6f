import { describe, expect, it } from 'vitest'
import { createMemoryStorage } from '../../../services/history/memoryStorage'
import { createRevision } from '../../../services/history/createRevision'
import { createWrite } from '../../../services/history/createWrite'

describe('the revision of a history', () => {
  it('rises with every write, and a write that is committed after the end is none that failed', async () => {
    const revision = createRevision('revisions', 0)
    const write = createWrite(createMemoryStorage(), revision)
    await Promise.all([write([], async () => undefined), write([], async () => undefined)])
    expect(revision.getSnapshot()).toEqual({ revision: 2 })
    const late = write([], async () => 'done')
    revision.close()
    expect(await late).toBe('done')
  })
})
