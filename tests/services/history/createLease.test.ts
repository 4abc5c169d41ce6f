import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLease, type Lease } from '../../../services/history/createLease'
import { createMemoryStorage } from '../../../services/history/memoryStorage'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

const storage = createMemoryStorage()
const lease = (holder: string): Lease => createLease(storage, holder, Date.now)
const isOurs = (of: Lease): Promise<boolean> => storage.read(['meta'], (tx) => of.isOurs(tx))
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

describe('the lease', () => {
  it('is held by one tab, and handed over at once when that one stops', async () => {
    const [first, second] = [lease('first'), lease('second')]
    first.start()
    await settle()
    second.start()
    await settle()
    expect([first.state.getSnapshot(), second.state.getSnapshot()]).toEqual(['held', 'standby'])
    await first.stop()
    await settle(3_000)
    expect([first.state.getSnapshot(), second.state.getSnapshot()]).toEqual(['stopped', 'held'])
    expect([await isOurs(first), await isOurs(second)]).toEqual([false, true])
    await second.stop()
  })

  it('is taken from a frozen tab after ten seconds, and that tab writes nothing when it thaws', async () => {
    const frozen = createLease(storage, 'frozen', Date.now)
    frozen.start()
    await settle()
    expect(frozen.state.getSnapshot()).toBe('held')
    // A frozen tab runs no timer: its renewals stay away.
    vi.clearAllTimers()
    const awake = lease('awake')
    awake.start()
    await settle(9_000)
    expect(awake.state.getSnapshot()).toBe('standby')
    await settle(6_000)
    expect(awake.state.getSnapshot()).toBe('held')
    expect(await isOurs(frozen)).toBe(false)
    await awake.stop()
  })

  it('leaves no timer when it is stopped', async () => {
    const only = lease('only')
    only.start()
    await settle()
    await only.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
