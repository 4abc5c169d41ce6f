import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLease, type Lease } from '../../../services/history/createLease'
import { openIdbStorage } from '../../../services/history/idbStorage'
import { createMemoryStorage } from '../../../services/history/memoryStorage'
import type { Storage } from '../../../services/history/storage'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

let clock = 0
let storage: Storage
const started: Lease[] = []

beforeEach(() => {
  clock = 1_700_000_000_000
  // fake-indexeddb runs on setImmediate, which goes on.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((lease) => lease.stop()))
  storage.close()
  vi.useRealTimers()
})

function tab(holder: string, door: Storage = storage): Lease {
  const lease = createLease(door, holder, () => clock)
  started.push(lease)
  return lease
}
const isOurs = (lease: Lease): Promise<boolean> => storage.read(['meta'], (tx) => lease.isOurs(tx))
const states = (...leases: Lease[]): string[] => leases.map(({ state }) => state.getSnapshot())
const row = async (): Promise<unknown> =>
  (await storage.read(['meta'], (tx) => tx.get('meta', 'lease')))?.value

/** Transactions run one after another: when these are through, what the leases had begun is too. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await storage.write(['meta'], async () => undefined)
}
/** Both clocks go on, a second at a time. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock += 1_000
    await vi.advanceTimersByTimeAsync(1_000)
    await settle()
  }
}
async function start(lease: Lease): Promise<void> {
  lease.start()
  await settle()
}

/** A tab whose timers still run, but whose writes no longer come through. */
function frozen(): { readonly door: Storage; freeze(): void; thaw(): void } {
  let isFrozen = false
  return {
    door: {
      ...storage,
      write: (stores, body) => (isFrozen ? Promise.reject(new Error('frozen')) : storage.write(stores, body)),
    },
    freeze: () => (isFrozen = true),
    thaw: () => (isFrozen = false),
  }
}

describe.each([
  ['in memory', async () => createMemoryStorage()],
  ['in IndexedDB', () => openIdbStorage(freshIndexedDB(), 'lease')],
])('the lease %s', (_, open) => {
  beforeEach(async () => void (storage = await open()))

  it('is held by one of two tabs, for as long as that one renews it', async () => {
    const [first, second] = [tab('first'), tab('second')]
    await start(first)
    await start(second)
    expect(states(first, second)).toEqual(['held', 'standby'])
    await pass(60)
    expect(states(first, second)).toEqual(['held', 'standby'])
    expect([await isOurs(first), await isOurs(second)]).toEqual([true, false])
  })

  it('is free the moment its holder stops: a tab that comes then holds it at once', async () => {
    const [first, second] = [tab('first'), tab('second')]
    await start(first)
    await first.stop()
    await start(second)
    expect(states(first, second)).toEqual(['stopped', 'held'])
    expect([await isOurs(first), await isOurs(second)]).toEqual([false, true])
  })

  it('goes to a tab that waits at its next try, not after ten seconds', async () => {
    const [first, second] = [tab('first'), tab('second')]
    await start(first)
    await start(second)
    await first.stop()
    await pass(3)
    expect(states(first, second)).toEqual(['stopped', 'held'])
  })

  it('is taken over after ten seconds from a holder that no longer renews it, and is no longer its own', async () => {
    const cold = frozen()
    const [first, second] = [tab('first', cold.door), tab('second')]
    await start(first)
    await start(second)
    cold.freeze()
    await pass(9)
    expect(states(second)).toEqual(['standby'])
    expect(await isOurs(second)).toBe(false)
    await pass(3)
    expect(states(second)).toEqual(['held'])
    cold.thaw()
    expect([await isOurs(first), await isOurs(second)]).toEqual([false, true])
    await pass(30)
    expect(states(first, second)).toEqual(['standby', 'held'])
  })

  it('is not kept for minutes by a holder that is gone and whose clock was ahead', async () => {
    const [first, second] = [tab('one'), tab('two')]
    clock += 600_000
    await start(first)
    await first.stop()
    await storage.write(['meta'], async (tx) =>
      tx.put('meta', { key: 'lease', value: { holder: 'gone', number: 9, expiresAt: clock + 10_000 } }),
    )
    clock -= 600_000
    await start(second)
    expect(states(second)).toEqual(['held'])
  })

  it('is told as lost before it is held again, when another had it between two looks', async () => {
    const first = tab('first')
    await start(first)
    await pass(2)
    const told: string[] = []
    first.state.subscribe(() => told.push(first.state.getSnapshot()))
    await storage.write(['meta'], async (tx) =>
      tx.put('meta', { key: 'lease', value: { holder: 'brief', number: 2, expiresAt: 0 } }),
    )
    await pass(4)
    expect(told).toEqual(['standby', 'held'])
    expect(await row()).toMatchObject({ holder: 'first', number: 3 })
  })

  it('is given back by a former holder without taking it from the present one', async () => {
    const cold = frozen()
    const [first, second] = [tab('first', cold.door), tab('second')]
    await start(first)
    await start(second)
    cold.freeze()
    await pass(12)
    cold.thaw()
    await first.stop()
    await pass(3)
    expect(await isOurs(second)).toBe(true)
    expect(states(second)).toEqual(['held'])
  })

  it('has a higher number with each holder', async () => {
    for (const [index, name] of ['first', 'second', 'first'].entries()) {
      const lease = tab(name)
      await start(lease)
      expect(await row()).toMatchObject({ holder: name, number: index + 1 })
      await lease.stop()
    }
  })

  it('is not held by a tab that never started', async () => {
    const [first, idle] = [tab('first'), tab('idle')]
    await start(first)
    expect(states(idle)).toEqual(['stopped'])
    expect(await isOurs(idle)).toBe(false)
  })

  it('is held after a stop and a start in one breath, and renewed by one timer', async () => {
    const only = tab('only')
    await start(only)
    const stopping = only.stop()
    only.start()
    await stopping
    await settle()
    expect(states(only)).toEqual(['held'])
    expect(await isOurs(only)).toBe(true)
    expect(vi.getTimerCount()).toBe(1)
  })

  it('is left alone by a tab that stopped before its first try was through', async () => {
    const [hasty, second] = [tab('hasty'), tab('second')]
    hasty.start()
    const stopping = hasty.stop()
    hasty.start()
    await Promise.all([stopping, hasty.stop()])
    await settle()
    expect(vi.getTimerCount()).toBe(0)
    await pass(10)
    await start(second)
    expect(states(hasty, second)).toEqual(['stopped', 'held'])
  })
})
