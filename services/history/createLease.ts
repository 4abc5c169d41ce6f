import type { ReadableStore } from '../../types'
import { createStore } from '../shared/createStore'
import type { Storage, StorageTransaction } from './storage'

/** Who may write what the stream tells: one tab at a time (docs/live.md, "Several tabs, seen or not"). */
export interface Lease {
  /** Held again after it was another's, it is `standby` for a moment, however short that was. */
  readonly state: ReadableStore<'held' | 'standby' | 'stopped'>
  /** Begins to try for it and to renew it; `stop` gives it back at once. */
  start(): void
  stop(): Promise<void>
  /** Whether it is ours by what is stored; asked inside the transaction that is to write. */
  isOurs(tx: StorageTransaction): Promise<boolean>
  /** It turned out to be another's. */
  lose(): void
}

interface LeaseRow {
  readonly holder: string
  readonly number: number
  readonly expiresAt: number
}

const RENEW_MS = 3_000
const LIFETIME_MS = 10_000

/** `holder` names this tab; `now` is the wall clock, which all tabs of a machine share. */
export function createLease(storage: Storage, holder: string, now: () => number): Lease {
  const state = createStore<'held' | 'standby' | 'stopped'>('stopped')
  let number: number | undefined
  let running = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy: Promise<void> = Promise.resolve()

  const tick = async (): Promise<void> => {
    if (!running) return
    const before = number
    try {
      number = await storage.write(['meta'], take)
    } catch {
      number = undefined // a full or lost storage holds no lease; the next tick tries again
    }
    if (!running) return
    // With another number it was another's between two looks: what is in memory need not be what is stored.
    if (number === undefined || (before !== undefined && number !== before)) state.set('standby')
    if (number !== undefined) state.set('held')
    clearTimeout(timer)
    timer = setTimeout(beat, RENEW_MS)
  }
  const giveBack = async (): Promise<void> => {
    number = undefined
    state.set('stopped')
    await storage.write(['meta'], release).catch(() => undefined)
  }
  // One after the other, so that a stop and a start in one breath end as the last of them says.
  const beat = (): void => void (busy = busy.then(tick))

  const take = async (tx: StorageTransaction): Promise<number | undefined> => {
    const row = readRow((await tx.get('meta', 'lease'))?.value)
    const isOurs = row?.holder === holder && row.number === number
    if (row && !isOurs && isValid(row)) return undefined
    const next = isOurs ? row.number : (row?.number ?? 0) + 1
    tx.put('meta', {
      key: 'lease',
      value: { holder, number: next, expiresAt: now() + LIFETIME_MS } satisfies LeaseRow,
    })
    return next
  }

  /** One that runs longer than any can is of a clock that was set back since: it would keep everybody from writing. */
  const isValid = ({ expiresAt }: LeaseRow): boolean => expiresAt > now() && expiresAt <= now() + LIFETIME_MS

  const release = async (tx: StorageTransaction): Promise<void> => {
    const row = readRow((await tx.get('meta', 'lease'))?.value)
    if (row?.holder !== holder) return
    tx.put('meta', { key: 'lease', value: { ...row, expiresAt: 0 } })
  }

  return {
    state,
    start() {
      if (running) return
      running = true
      beat()
    },
    async stop() {
      if (running) {
        running = false
        clearTimeout(timer)
        busy = busy.then(giveBack)
      }
      await busy
    },
    async isOurs(tx) {
      const row = readRow((await tx.get('meta', 'lease'))?.value)
      return number !== undefined && row?.holder === holder && row.number === number
    },
    lose() {
      number = undefined
      if (running) state.set('standby')
    },
  }
}

function readRow(value: unknown): LeaseRow | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('holder' in value) || !('number' in value) || !('expiresAt' in value)) return undefined
  const { holder, number, expiresAt } = value
  if (typeof holder !== 'string' || typeof number !== 'number' || typeof expiresAt !== 'number')
    return undefined
  return { holder, number, expiresAt }
}
