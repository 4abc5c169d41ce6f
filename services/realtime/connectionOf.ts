import type { Connection } from '../../types'

/** An executing scene that is silent for less than this is not called stale, however short the interval is. */
const STALE_AT_LEAST_MS = 2_000

/** What is true of a socket that is heard. */
export interface HeardSocket {
  readonly liveSince: number
  readonly remaining: number
  readonly isCatchingUp: boolean
  readonly isExecuting: boolean
  /** Of any scene, by the local clock. */
  readonly lastUpdate: number | undefined
  readonly intervalMs: number
}

/** What a connected socket is called (docs/live.md, "What the connection says"); `now` by the local clock, epoch ms. */
export function connectionOf(socket: HeardSocket, now: number): Connection {
  if (socket.isCatchingUp || socket.remaining > 0) return { status: 'replaying', remaining: socket.remaining }
  const limit = Math.max(2 * socket.intervalMs, STALE_AT_LEAST_MS)
  const since = Math.max(socket.lastUpdate ?? 0, socket.liveSince)
  if (socket.isExecuting && now - since > limit) return { status: 'stale', since }
  return { status: 'live', since: socket.liveSince }
}

/** Whether two connections of a heard socket say the same. */
export function isSameConnection(a: Connection, b: Connection): boolean {
  if (a.status === 'replaying' && b.status === 'replaying') return a.remaining === b.remaining
  if (a.status === 'live' && b.status === 'live') return a.since === b.since
  return a.status === 'stale' && b.status === 'stale' && a.since === b.since
}
