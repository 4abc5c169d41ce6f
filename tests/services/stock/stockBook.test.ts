import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStockBook, type Look } from '../../../services/stock/createStockBook'
import type { StockEntry, StockPrompt } from '../../../services/wire/stockPrompts'
import type { RealtimeTelemetryUpdate } from '../../../types'

const START = 1_700_000_000_000
const prompt = (promptId: string, extra: Partial<StockPrompt> = {}): StockPrompt => ({
  promptId,
  number: 5,
  graph: { 1: { class_type: 'KSampler', inputs: {} }, 2: { class_type: 'SaveImage', inputs: {} } },
  ...extra,
})
const labelled = (promptId: string, sceneId: string, extra: Partial<StockPrompt> = {}): StockPrompt =>
  prompt(promptId, { label: { runId: 'run', sceneId }, ...extra })
const entry = (from: StockPrompt, startedAt: number, extra: Partial<StockEntry> = {}): StockEntry => ({
  ...from,
  startedAt,
  cachedNodes: 0,
  end: { reason: 'success', timestamp: startedAt + 1_000 },
  outputs: [],
  ...extra,
})
const look = (extra: {
  running?: StockPrompt[]
  pending?: StockPrompt[]
  entries?: StockEntry[]
  at?: number
}): Look => ({
  queue: { running: extra.running ?? [], pending: extra.pending ?? [], refused: 0 },
  entries: extra.entries ?? [],
  at: extra.at ?? START,
  stats: undefined,
  isWatched: true,
})
/** A book that has looked once, at an idle server. */
const watching = () => {
  const book = createStockBook('source')
  book.apply(look({ at: START - 10_000 }))
  return book
}
const words = (updates: readonly RealtimeTelemetryUpdate[]): readonly string[] =>
  updates.map(({ promptId, status, exitReason }) => [promptId, status, exitReason].filter(Boolean).join(' '))

describe('what a stock server’s queue and history show', () => {
  it('becomes queued, executing and an end, each once', () => {
    const book = watching()
    const a = labelled('a', 's')
    expect(words(book.apply(look({ pending: [a] })))).toEqual(['a queued'])
    expect(words(book.apply(look({ running: [a] })))).toEqual(['a executing'])
    expect(words(book.apply(look({ running: [a] })))).toEqual([])
    const ended = book.apply(look({ entries: [entry(a, START + 5, { cachedNodes: 1 })] }))
    expect(ended).toMatchObject([
      { status: 'completed', exitReason: 'success', timestamp: START + 1_005, duration: 1_000, cached: 0.5 },
    ])
    expect(book.apply(look({ entries: [entry(a, START + 5)] }))).toEqual([])
    expect(book.missing()).toEqual([])
  })

  it('is deleted when it leaves the queue for nowhere, before it ran', () => {
    const book = watching()
    const [a, b] = [labelled('a', 's'), labelled('b', 't')]
    book.apply(look({ running: [a], pending: [b] }))
    book.apply(look({ running: [a] }))
    expect(book.missing()).toEqual(['b'])
    expect(words(book.endMissing(['b'], START))).toEqual(['b failed deleted'])
  })

  it('is lost with the server when what executed is nowhere any more', () => {
    const book = watching()
    book.apply(look({ running: [labelled('a', 's')], pending: [labelled('b', 't')] }))
    book.apply(look({}))
    expect(words(book.endMissing(book.missing(), START))).toEqual([
      'a failed serverRestart',
      'b failed serverRestart',
    ])
  })

  it('is lost with the server when the history of before is gone', () => {
    const book = watching()
    const before = entry(labelled('z', 'r'), START - 5_000)
    book.apply(look({ entries: [before], pending: [labelled('a', 's')] }))
    book.apply(look({}))
    expect(words(book.endMissing(['a'], START))).toEqual(['a failed serverRestart'])
  })

  it('counts attempts of a scene by the order of queuing, and on from what is stored', () => {
    const book = createStockBook('source')
    book.learn({ open: [], ended: new Set(['old']), attempts: new Map([['run\u0000s', 1]]) })
    const [first, second] = [labelled('a', 's', { number: 3 }), labelled('b', 's', { number: -4 })]
    const updates = book.apply(
      look({
        entries: [
          entry(labelled('old', 's'), START - 9_000),
          entry(second, START),
          entry(first, START + 2_000),
        ],
      }),
    )
    expect(updates.map(({ promptId, attempt }) => [promptId, attempt])).toEqual([
      ['b', 3],
      ['a', 2],
    ])
  })

  it('goes on with what was open before a reload, under the same name', () => {
    const book = createStockBook('source')
    const update = {
      sceneId: 's',
      runId: 'adhoc-x',
      promptId: 'a',
      attempt: 2,
      timestamp: 1,
      status: 'executing',
    } as const
    book.learn({
      open: [{ source: 'source', promptId: 'a', update, queuedAt: START - 9, startedAt: START }],
      ended: new Set(),
      attempts: new Map(),
    })
    expect(book.apply(look({ running: [prompt('a')] }))).toMatchObject([
      { status: 'queued', runId: 'adhoc-x' },
      { status: 'executing', runId: 'adhoc-x', sceneId: 's', attempt: 2, timestamp: START },
    ])
  })

  it('is cold only where that is certain: a server’s first prompt, or one after other models', () => {
    const graph = (model: string) => ({
      1: { class_type: 'Loader', inputs: { ckpt_name: `${model}.safetensors` } },
    })
    const book = createStockBook('source')
    const updates = book.apply(
      look({
        entries: [
          entry(labelled('a', 's', { number: 0, graph: graph('x') }), START),
          entry(labelled('b', 't', { graph: graph('x') }), START + 2_000),
          entry(labelled('c', 'u', { graph: graph('y') }), START + 4_000),
        ],
      }),
    )
    expect(updates.map(({ cold }) => cold)).toEqual([true, undefined, true])
  })
})

describe('prompts that nobody labelled', () => {
  it('are one run for each time the queue is busy', () => {
    const book = createStockBook('source')
    const updates = book.apply(
      look({
        entries: [
          entry(prompt('a'), START),
          entry(prompt('b'), START + 1_200),
          entry(prompt('c'), START + 60_000),
        ],
      }),
    )
    expect(updates.map(({ runId, sceneId }) => [runId, sceneId])).toEqual([
      ['adhoc-a', 'a'],
      ['adhoc-a', 'b'],
      ['adhoc-c', 'c'],
    ])
  })

  it('wait a second for a label, and belong to the scene that it names', () => {
    const book = watching()
    const label = { type: 'label', promptId: 'a', runId: 'host', sceneId: 's' } as const
    expect(book.apply(look({ pending: [prompt('a'), prompt('b')] }))).toEqual([])
    expect(book.isHolding()).toBe(true)
    expect(book.applyLabel(label, START)).toEqual({ updates: [] })
    expect(book.apply(look({ pending: [prompt('a'), prompt('b')], at: START + 1_100 }))).toMatchObject([
      { runId: 'host', sceneId: 's' },
      { runId: 'adhoc-b', sceneId: 'b' },
    ])
  })

  it('are told again under the name that comes late', () => {
    const book = createStockBook('source')
    book.apply(look({ running: [prompt('a')] }))
    const moved = book.applyLabel({ type: 'label', promptId: 'a', runId: 'host', sceneId: 's' }, START)
    expect(moved).toMatchObject({
      from: { runId: 'adhoc-a' },
      updates: [{ runId: 'host', status: 'executing' }],
    })
    expect(book.apply(look({ entries: [entry(prompt('a'), START)] }))).toMatchObject([{ runId: 'host' }])
  })
})

describe('what the socket tells of one’s own prompts', () => {
  it('has the server’s own start, whether it comes before or after the look', () => {
    const book = watching()
    book.applyFrame({ type: 'started', promptId: 'a', timestamp: START + 3 }, START + 9)
    book.applyFrame({ type: 'progress', promptId: 'a', value: 3, max: 20, nodeId: '1' }, START + 9)
    expect(book.apply(look({ running: [labelled('a', 's')] })).at(-1)).toMatchObject({ timestamp: START + 3 })
    expect(book.samples(START + 103, [{ index: 0, vramFree: 7 }])).toMatchObject([
      { duration: 100, progress: { value: 3, max: 20 }, gpuVramFree: 7 },
    ])
    book.applyFrame({ type: 'progress', promptId: 'a', value: 4, max: 20, nodeId: '1' }, START + 9)
    expect(book.samples(START + 203, [])[0]?.progress).toEqual({
      value: 4,
      max: 20,
      nodeId: '1',
      nodeType: 'KSampler',
    })
  })

  it('ends a prompt with what it said when the history has forgotten it', () => {
    const book = watching()
    book.apply(look({ running: [labelled('a', 's')] }))
    book.applyFrame(
      { type: 'ended', promptId: 'a', end: { reason: 'success', timestamp: START + 7 } },
      START + 9,
    )
    book.apply(look({}))
    expect(book.endMissing(book.missing(), START)).toMatchObject([
      { exitReason: 'success', timestamp: START + 7 },
    ])
  })
})

describe('what the queuing side tells', () => {
  const outcome = (exitReason: 'maxWait' | 'rejected', promptId = 'a') =>
    ({ type: 'outcome', promptId, runId: 'run', sceneId: 's', exitReason }) as const

  it('ends an open prompt, and the server’s own end is not told any more', () => {
    const book = watching()
    book.apply(look({ running: [labelled('a', 's')] }))
    expect(words(book.applyOutcome(outcome('maxWait'), START + 50))).toEqual(['a failed maxWait'])
    expect(
      book.apply(look({ entries: [entry(labelled('a', 's'), START, { end: { reason: 'interrupted' } })] })),
    ).toEqual([])
  })

  it('supersedes an interrupt that was seen first, and no error', () => {
    const book = watching()
    const error = { reason: 'error', error: { type: 'E', message: 'm' } } as const
    book.apply(
      look({
        entries: [
          entry(labelled('a', 's'), START, { end: { reason: 'interrupted', timestamp: START + 9 } }),
          entry(labelled('b', 't'), START, { end: error }),
        ],
      }),
    )
    expect(book.applyOutcome(outcome('maxWait'), START + 50)).toMatchObject([
      { exitReason: 'maxWait', duration: 9, timestamp: START + 9 },
    ])
    expect(book.applyOutcome(outcome('maxWait', 'b'), START + 50)).toEqual([])
  })

  it('makes one failed attempt of a prompt that the server never took', () => {
    const book = watching()
    expect(words(book.applyOutcome(outcome('rejected'), START))).toEqual(['a failed rejected'])
    expect(book.applyOutcome(outcome('rejected'), START)).toEqual([])
  })
})

describe('a hostile server', () => {
  const id = fc.constantFrom('a', 'b', 'c', '__proto__')
  const time = fc.constantFrom(0, START, START + 1, 4.2e12)
  const graph = fc.oneof(fc.anything(), fc.constant({ 1: { class_type: 'X', inputs: { steps: 1e308 } } }))
  const any = fc.record(
    {
      promptId: id,
      number: fc.double({ noNaN: true }),
      graph,
      createdAt: time,
      label: fc.record({ runId: id, sceneId: id, attempt: fc.nat() }, { requiredKeys: ['runId', 'sceneId'] }),
    },
    { requiredKeys: ['promptId', 'graph'] },
  )
  const anyEntry = any.chain((given) =>
    fc
      .record({
        startedAt: time,
        at: time,
        cachedNodes: fc.nat(),
        reason: fc.constantFrom('success', 'interrupted'),
      })
      .map(({ startedAt, at, cachedNodes, reason }): StockEntry => {
        const end = { reason: reason === 'success' ? 'success' : 'interrupted', timestamp: at } as const
        return { ...given, startedAt, cachedNodes, end, outputs: [] }
      }),
  )

  it('makes nothing throw, and nothing end twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(any, { maxLength: 3 }), fc.array(anyEntry, { maxLength: 3 })), {
          maxLength: 4,
        }),
        (looks) => {
          const book = createStockBook('source')
          const ended = looks.flatMap(([prompts, entries], index) => [
            ...book.apply(look({ running: prompts, entries, at: START + index * 2_000 })),
            ...book.endMissing(book.missing(), START),
            ...book.samples(START, []),
          ])
          const ends = ended.filter(({ exitReason }) => exitReason).map(({ promptId }) => promptId)
          expect(new Set(ends).size).toBe(ends.length)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
