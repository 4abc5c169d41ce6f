import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJournalOrder, type Journaled } from '../../../services/realtime/journalOrder'
import type { HelloMessage } from '../../../services/wire/messages'

const entry = (seq: number): Journaled => ({
  type: 'update',
  sceneId: 's',
  timestamp: seq,
  status: 'queued',
  seq,
})
const range = (from: number, to: number): Journaled[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => entry(from + index + 1))
const hello = (seq: number, extra: Partial<HelloMessage> = {}): HelloMessage => ({
  type: 'hello',
  protocol: 1,
  server: { name: 'n' },
  source: 's',
  epoch: 'e',
  now: 0,
  seq,
  ...extra,
})
const seqs = (entries: readonly Journaled[]) => entries.map(({ seq }) => seq)

describe('the journal’s order', () => {
  it('goes on from the newest entry when the past is not wanted', () => {
    const order = createJournalOrder(false)
    expect(order.greet(hello(7))).toEqual({ kind: 'go-on' })
    expect(seqs(order.accept(entry(8)).due)).toEqual([8])
    expect(order.cursor()).toEqual({ epoch: 'e', seq: 8 })
  })

  it('asks for the whole past at first contact when it is wanted', () => {
    expect(createJournalOrder(true).greet(hello(7))).toEqual({ kind: 'page', until: 7 })
  })

  it('asks for pages when the server says that too much is due for the socket', () => {
    const order = createJournalOrder(false)
    order.resumeFrom({ epoch: 'e', seq: 3 })
    expect(order.greet(hello(9_000, { behind: 8_997, resumed: { from: 3, to: 9_000, lost: 0 } }))).toEqual({
      kind: 'page',
      until: 9_000,
    })
  })

  it('counts what is left of a replay, and asks the journal what its holes are', () => {
    const order = createJournalOrder(false)
    order.resumeFrom({ epoch: 'e', seq: 2 })
    expect(order.greet(hello(10, { resumed: { from: 2, to: 10, lost: 0 } }))).toEqual({ kind: 'go-on' })
    expect(order.remaining()).toBe(8)
    expect(seqs(order.accept(entry(3)).due)).toEqual([3])
    expect(order.remaining()).toBe(7)
    expect(order.accept(entry(6))).toEqual({ due: [], missing: { until: 10 } })
    expect(seqs(order.acceptPage([entry(5), entry(6), entry(10)]))).toEqual([5, 6, 10])
    expect(order.caughtUp(10, 10)).toEqual({ due: [], lost: 0 })
    expect(seqs(order.accept(entry(11)).due)).toEqual([11])
  })

  it('drops a cursor that is beyond the newest entry: the journal was replaced', () => {
    const order = createJournalOrder(true)
    order.resumeFrom({ epoch: 'e', seq: 50 })
    expect(order.greet(hello(3))).toEqual({ kind: 'other-journal', until: 3 })
  })

  it('holds what comes before its predecessors, and says how far they are missing', () => {
    const order = createJournalOrder(false)
    order.greet(hello(0))
    expect(order.accept(entry(3))).toEqual({ due: [], missing: { until: 2 } })
    expect(order.accept(entry(4))).toEqual({ due: [] })
    expect(seqs(order.acceptPage(range(0, 2)))).toEqual([1, 2])
    expect(seqs(order.caughtUp(2, 2).due)).toEqual([3, 4])
  })

  it('names how many entries the journal no longer had', () => {
    const order = createJournalOrder(false)
    order.greet(hello(0))
    order.accept(entry(6))
    order.acceptPage([entry(1)])
    expect(order.caughtUp(5, 5)).toMatchObject({ lost: 4 })
  })

  it('tells what came by the socket where the journal cannot be read', () => {
    const order = createJournalOrder(false)
    order.resumeFrom({ epoch: 'e', seq: 2 })
    order.greet(hello(5, { resumed: { from: 2, to: 5, lost: 0 } }))
    expect(order.accept(entry(4))).toEqual({ due: [], missing: { until: 5 } })
    order.accept(entry(5))
    expect(seqs(order.caughtUp(5, 5).due)).toEqual([4, 5])
  })

  it('learns from heartbeats that a replay stands still, and lets one go on that does not', () => {
    const order = createJournalOrder(false)
    order.resumeFrom({ epoch: 'e', seq: 2 })
    order.greet(hello(5, { resumed: { from: 2, to: 5, lost: 0 } }))
    expect(order.isBehind(5)).toBe(false)
    order.accept(entry(3))
    expect(order.isBehind(5)).toBe(false)
    expect(order.isBehind(5)).toBe(true)
  })

  it('does not believe a heartbeat that names more than the journal has', () => {
    const order = createJournalOrder(false)
    order.greet(hello(2))
    expect(order.isBehind(Number.MAX_SAFE_INTEGER)).toBe(false)
    expect(order.isBehind(Number.MAX_SAFE_INTEGER)).toBe(true)
    expect(order.caughtUp(Number.MAX_SAFE_INTEGER, 2)).toEqual({ due: [], lost: 0 })
    expect(seqs(order.accept(entry(3)).due)).toEqual([3])
  })

  it('tells each entry once and in order, whatever is dropped, doubled or cut off', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('say' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ kind: fc.constant('lose' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ kind: fc.constant('double' as const), back: fc.integer({ min: 1, max: 5 }) }),
      fc.constant({ kind: 'reconnect' as const }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, replays) => {
        const order = createJournalOrder(true)
        const told: number[] = []
        let newest = 0
        const tell = (entries: readonly Journaled[]): void => void told.push(...seqs(entries))
        const page = (until: number): void => {
          const from = order.cursor()?.seq ?? 0
          tell(order.acceptPage(range(from, newest)))
          const { due, missing } = order.caughtUp(until, newest)
          tell(due)
          if (missing) page(missing.until)
        }
        const hear = (seq: number): void => {
          const { due, missing } = order.accept(entry(seq))
          tell(due)
          if (missing) page(missing.until)
        }
        const connect = (): void => {
          const from = order.cursor()?.seq
          const resumed = replays && from !== undefined ? { resumed: { from, to: newest, lost: 0 } } : {}
          const greeting = order.greet(hello(newest, resumed))
          if (greeting.kind !== 'go-on') page(greeting.until)
          else if (from !== undefined) for (let seq = from + 1; seq <= newest; seq += 1) hear(seq)
        }
        connect()
        for (const current of steps) {
          if (current.kind === 'say') for (let n = 0; n < current.count; n += 1) hear((newest += 1))
          else if (current.kind === 'lose') newest += current.count
          else if (current.kind === 'double' && newest > current.back) hear(newest - current.back)
          else if (current.kind === 'reconnect') connect()
        }
        connect()
        expect(told).toEqual(Array.from({ length: newest }, (_, index) => index + 1))
      }),
      { numRuns: 500 },
    )
  })
})
