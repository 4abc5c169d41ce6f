import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { importDraft } from '../../../services/payload/importDraft'
import { readDraft } from '../../../services/payload/readDraft'
import { openRunHistory } from '../../../services/runHistoryService'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { hostileValue } from '../../helpers/hostileJson'

const NAME = 'gemDirect1_telemetry'
const PLACEHOLDER = {
  runId: 'p1',
  timestamp: 1_760_000_000_000,
  storyId: 'story-1',
  storyTitle: 'The harbour',
  scenes: [{ sceneId: 's', duration: 0, gpuVramFree: 0, attempts: 1, status: 'success' }],
  metadata: { sceneCount: 1, totalDuration: 60_000, successRate: 100, gpuAverageFree: 0 },
  notes: 'kept by hand',
}

/** As the host makes it, its connection open and deaf to `versionchange`. */
function hostDraft(factory: IDBFactory, records: readonly object[], store = 'runs'): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(NAME, 1)
    request.onupgradeneeded = () => {
      const runs = request.result.createObjectStore(store, { keyPath: 'runId' })
      for (const record of records) runs.put(record)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no draft'))
  })
}

describe('the host’s draft database', () => {
  it('gives ids, times, notes and stories, and none of its placeholder figures', async () => {
    const factory = freshIndexedDB()
    await hostDraft(factory, [PLACEHOLDER, { runId: 'p2', timestamp: 5 }])
    expect(await readDraft(factory)).toEqual([
      {
        runId: 'p1',
        timestamp: 1_760_000_000_000,
        scenes: [],
        fallbackCount: 0,
        source: 'gemdirect1-draft',
        runName: 'The harbour',
        storyId: 'story-1',
        notes: 'kept by hand',
      },
      { runId: 'p2', timestamp: 5, scenes: [], fallbackCount: 0, source: 'gemdirect1-draft' },
    ])
  })

  it('is read whole when it is larger than a page', async () => {
    const factory = freshIndexedDB()
    const records = Array.from({ length: 1_203 }, (_, index) => ({ runId: `r${index}`, timestamp: index }))
    await hostDraft(factory, records)
    expect(new Set((await readDraft(factory)).map(({ runId }) => runId)).size).toBe(1_203)
  })

  it('is never made, opened with a version, upgraded or written', async () => {
    const factory = freshIndexedDB()
    const open = vi.spyOn(factory, 'open')
    expect(await readDraft(factory)).toEqual([])
    expect(open).not.toHaveBeenCalled()
    expect(await factory.databases()).toEqual([])

    await hostDraft(factory, [PLACEHOLDER])
    open.mockClear()
    const modes: unknown[] = []
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await readDraft(factory)
    for (const [, mode] of transaction.mock.calls) modes.push(mode)
    transaction.mockRestore()
    expect(open.mock.calls).toEqual([[NAME]])
    expect(modes).toEqual(['readonly'])
    expect(await factory.databases()).toEqual([{ name: NAME, version: 1 }])
  })

  it('is not made when it goes between being listed and being opened', async () => {
    const factory = freshIndexedDB()
    vi.spyOn(factory, 'databases').mockResolvedValueOnce([{ name: NAME, version: 1 }])
    expect(await readDraft(factory)).toEqual([])
    expect(await factory.databases()).toEqual([])
  })

  it('is closed at once: the host may delete or upgrade it afterwards', async () => {
    const factory = freshIndexedDB()
    ;(await hostDraft(factory, [PLACEHOLDER])).close()
    await readDraft(factory)
    const blocked = vi.fn()
    await new Promise<void>((resolve) => {
      const request = factory.deleteDatabase(NAME)
      request.onblocked = blocked
      request.onsuccess = () => resolve()
    })
    expect(blocked).not.toHaveBeenCalled()
  })

  it('that has no runs, cannot be listed or refuses is as none', async () => {
    const empty = freshIndexedDB()
    await hostDraft(empty, [], 'scenes')
    expect(await readDraft(empty)).toEqual([])
    const unlisted = freshIndexedDB()
    Object.assign(unlisted, { databases: undefined })
    expect(await readDraft(unlisted)).toEqual([])
    const refusing = freshIndexedDB()
    vi.spyOn(refusing, 'databases').mockRejectedValue(new DOMException('no', 'SecurityError'))
    expect(await readDraft(refusing)).toEqual([])
  })

  it('passes hostile records over and keeps the good one among them', async () => {
    const record = fc.dictionary(
      fc.constantFrom('timestamp', 'storyId', 'storyTitle', 'notes', 'scenes', 'metadata'),
      hostileValue(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 8 }), async (records) => {
        const factory = freshIndexedDB()
        const db = await hostDraft(factory, [
          PLACEHOLDER,
          ...records.map((each, index) => ({ ...each, runId: `h${index}` })),
        ])
        const runs = await readDraft(factory)
        db.close()
        expect(runs.map(({ runId }) => runId)).toContain('p1')
        for (const { runId, timestamp, scenes, ...rest } of runs) {
          expect(runId.length).toBeGreaterThan(0)
          expect(timestamp).toBeGreaterThanOrEqual(0)
          expect(scenes).toEqual([])
          expect(Object.keys(rest).every((name) => ALLOWED.has(name))).toBe(true)
        }
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})

const ALLOWED = new Set(['fallbackCount', 'source', 'runName', 'storyId', 'notes'])

describe('bringing the draft into the history', () => {
  const memory = () => {
    let isRead = false
    return { isRead: async () => isRead, setRead: async () => void (isRead = true) }
  }

  it('happens once, and leaves runs alone that the history has already', async () => {
    const factory = freshIndexedDB()
    await hostDraft(factory, [PLACEHOLDER, { ...PLACEHOLDER, runId: 'p2' }])
    const history = await openRunHistory({ indexedDB: freshIndexedDB() })
    await history.saveRun({ runId: 'p1', timestamp: 9, scenes: [], fallbackCount: 0, source: 'gpu-box' })
    const mark = memory()
    expect((await importDraft(history, factory, mark))?.added).toBe(1)
    expect(await history.getRun('p1')).toMatchObject({ timestamp: 9, source: 'gpu-box' })
    expect(await history.getRun('p2')).toMatchObject({ source: 'gemdirect1-draft', notes: 'kept by hand' })
    expect(await importDraft(history, factory, mark)).toBeUndefined()
    history.close()
  })

  it('is tried again when the history could not be written', async () => {
    const factory = freshIndexedDB()
    await hostDraft(factory, [PLACEHOLDER])
    const mark = memory()
    const full = { saveRuns: () => Promise.reject(new Error('Storage is full.')) }
    await expect(importDraft(full, factory, mark)).rejects.toThrow('Storage is full.')
    expect(await mark.isRead()).toBe(false)
  })
})
