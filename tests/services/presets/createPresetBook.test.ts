// @vitest-environment happy-dom
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPresetBook } from '../../../services/presets/createPresetBook'
import { openRunHistory } from '../../../services/runHistoryService'
import type { FilterPreset, RunHistory, StorageReport } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { hostileJson } from '../../helpers/hostileJson'

const report = (mode: StorageReport['mode'], simulated = false): Promise<StorageReport> =>
  Promise.resolve({ mode, origin: 'here', runs: 0, persisted: 'unknown', simulated })
const failures = { status: ['failed'] } as const
const closing: (() => void)[] = []
let now = 1_000

beforeEach(() => {
  localStorage.clear()
  now = 1_000
})
afterEach(() => {
  vi.unstubAllGlobals()
  for (const close of closing.splice(0)) close()
})

async function openBook(indexedDB = freshIndexedDB(), mode: StorageReport['mode'] = 'indexeddb') {
  const history = await openRunHistory({ dbName: 'presets', indexedDB })
  const book = createPresetBook(history, report(mode), () => now++)
  closing.push(book.dispose, history.close)
  await book.loaded
  return { book, history, indexedDB, names: () => book.getSnapshot().presets.map(({ name }) => name) }
}
const denyStorage = (): void => {
  const deny = (): never => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', { getItem: deny, setItem: deny, removeItem: deny })
}

describe('saved views', () => {
  it('outlive the page in the database, with a copy in localStorage', async () => {
    const { book, history, indexedDB } = await openBook()
    await book.save(' Failures ', failures)
    expect(book.getSnapshot()).toMatchObject({
      kept: 'database',
      presets: [{ name: 'Failures', filter: failures }],
    })
    expect(localStorage.getItem('gemdirect1-telemetry.presets')).toContain('Failures')
    history.close()
    localStorage.clear()
    expect((await openBook(indexedDB)).names()).toEqual(['Failures'])
  })

  it('live in localStorage alone where the database is denied, and move into it when it is not', async () => {
    const first = await openBook(freshIndexedDB(), 'memory')
    await first.book.save('Failures', failures)
    expect(first.book.getSnapshot().kept).toBe('browser')
    expect((await openBook(freshIndexedDB(), 'memory')).names()).toEqual(['Failures'])
    const { history, names } = await openBook()
    expect(names()).toEqual(['Failures'])
    expect(await history.presets()).toHaveLength(1)
  })

  it('live as long as the page where both are denied, and say so', async () => {
    denyStorage()
    const { book, names } = await openBook(freshIndexedDB(), 'memory')
    await book.save('Failures', failures)
    expect(names()).toEqual(['Failures'])
    expect(book.getSnapshot().kept).toBe('memory')
  })

  it('go on in localStorage when a write to the database fails', async () => {
    const broken: Pick<RunHistory, 'presets' | 'changePresets'> = {
      presets: () => Promise.resolve([]),
      changePresets: () => Promise.reject(new Error('The disk is full.')),
    }
    const book = createPresetBook(broken, report('indexeddb'), () => now++)
    await book.save('Failures', failures)
    expect(book.getSnapshot()).toMatchObject({ kept: 'browser', presets: [{ name: 'Failures' }] })
    book.dispose()
  })

  it('of simulated histories are others', async () => {
    const history = { presets: () => Promise.resolve([]), changePresets: () => Promise.resolve() }
    const simulated = createPresetBook(history, report('memory', true), () => now++)
    await simulated.save('Toy', failures)
    const real = createPresetBook(history, report('memory'), () => now++)
    await real.loaded
    expect(real.getSnapshot().presets).toEqual([])
  })

  it('are deleted with a way back, also when the name was taken meanwhile', async () => {
    const { book, names } = await openBook()
    await book.save('Failures', failures)
    const { undo } = await book.remove('Failures')
    expect(names()).toEqual([])
    await book.save('Failures', { tags: ['night'] })
    await undo()
    expect(names().sort()).toEqual(['Failures', 'Failures 2'])
    await undo()
    expect(names().sort()).toEqual(['Failures', 'Failures 2'])
  })

  it('are refused where their pattern cannot be run', async () => {
    const { book, names } = await openBook()
    await expect(book.save('Ahead', { errorPattern: '(?=x)' })).rejects.toThrow(/\/\(\?=x\)\/ cannot be run/)
    expect(names()).toEqual([])
  })

  it('are renamed, but not over another, and one at most is the default', async () => {
    const { book, history } = await openBook()
    await book.save('a', failures)
    await book.save('b', {})
    await book.update('a', { isDefault: true })
    await book.update('b', { isDefault: true, name: 'c' })
    await expect(book.update('c', { name: 'a' })).rejects.toThrow('There is a saved view “a” already.')
    await expect(book.save('  ', {})).rejects.toThrow('A name of 1 to 100 characters was expected.')
    const stored = [...(await history.presets())].sort((x, y) => (x.name < y.name ? -1 : 1))
    expect(stored.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['a', false],
      ['c', true],
    ])
  })

  it('go with everything that is deleted', async () => {
    const { book, indexedDB, history } = await openBook()
    await book.save('Failures', failures)
    await history.deleteEverything()
    book.forget()
    history.close()
    expect((await openBook(indexedDB)).names()).toEqual([])
  })
})

describe('a file of saved views', () => {
  it('carries them to another browser, relative dates still relative', async () => {
    const { book } = await openBook()
    const filter = { dateRange: { from: { ago: 86_400_000 } }, tags: ['night'] }
    await book.save('Last day', filter)
    const file = book.exportFile()
    localStorage.clear()
    const other = await openBook()
    expect(await other.book.importFile(file)).toEqual({ ok: true, value: { count: 1, leftOut: [] } })
    expect(other.book.getSnapshot().presets[0]).toMatchObject({ name: 'Last day', filter })
  })

  it('that is hostile throws nothing and leaves nothing unsound', async () => {
    const { book } = await openBook(freshIndexedDB(), 'memory')
    const valid: FilterPreset = { name: 'x', filter: failures, createdAt: 1, usedAt: 1, isDefault: true }
    const files = hostileJson([
      [valid],
      { format: 'gemdirect1-telemetry-presets', version: 9, presets: [valid] },
    ])
    await fc.assert(
      fc.asyncProperty(files, async (text) => {
        await book.importFile(text)
        for (const { name, filter } of book.getSnapshot().presets) {
          expect(name.length).toBeLessThanOrEqual(100)
          expect(Object.getPrototypeOf(filter)).toBe(Object.prototype)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is read as far as it is valid, and says what was left out', async () => {
    const { book, names } = await openBook()
    const presets = [
      { name: 'good', filter: { status: ['failed', 7], colour: 'red' } },
      { name: 'x'.repeat(1_000_000), filter: {} },
      { name: 'good', filter: {} },
      '__proto__',
    ]
    const answer = await book.importFile(JSON.stringify(presets))
    expect(names()).toEqual(['good'])
    expect(book.getSnapshot().presets[0]?.filter).toEqual(failures)
    expect(answer).toMatchObject({ ok: true, value: { count: 1 } })
    expect(answer.ok && answer.value.leftOut).toHaveLength(5)
    expect(await book.importFile('{"format":"another"}')).toMatchObject({ ok: false })
  })

  it('loses the patterns that cannot be run, and says which', async () => {
    const { book } = await openBook()
    const not = { not: { field: 'error', op: 'regex', value: '(a)\\1' } }
    const presets = [{ name: 'odd', filter: { ...failures, errorPattern: '(?=x)', expression: not } }]
    const answer = await book.importFile(JSON.stringify(presets))
    expect(book.getSnapshot().presets[0]?.filter).toEqual(failures)
    expect(answer.ok && answer.value.leftOut).toEqual([
      expect.stringMatching(/^“odd”: The pattern \/\(\?=x\)\/ cannot be run, at 1: .*lookahead/),
      expect.stringMatching(/^“odd”: The pattern \/\(a\)\\1\/ cannot be run, at 4: .*backreferences/),
    ])
  })

  it('of a later version is not read, and says so', async () => {
    const { book, names } = await openBook()
    const file = {
      format: 'gemdirect1-telemetry-presets',
      version: 99,
      presets: [{ name: 'v99', filter: {} }],
    }
    expect(await book.importFile(JSON.stringify(file))).toEqual({
      ok: false,
      error: expect.stringMatching(/version 99; this page reads version 1/),
    })
    expect(names()).toEqual([])
  })

  it('that somebody wrote into localStorage is read as carefully', async () => {
    localStorage.setItem(
      'gemdirect1-telemetry.presets',
      '[{"name":"a","filter":{"__proto__":{}}},{"name":5}]',
    )
    expect((await openBook(freshIndexedDB(), 'memory')).names()).toEqual(['a'])
    localStorage.setItem('gemdirect1-telemetry.presets', '[['.repeat(100_000))
    expect((await openBook(freshIndexedDB(), 'memory')).names()).toEqual([])
  })
})
