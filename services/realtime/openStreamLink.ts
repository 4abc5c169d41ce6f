import { connectionOf, isSameConnection } from './connectionOf'
import type { Stream } from './createStream'
import type { LiveModel } from './liveModel'
import { openLink, type Link } from './openLink'

/** One connection to the stream: opened, heard, watched for silence. */
export interface StreamLink {
  /** Says what is true of the socket now. */
  refresh(): void
  /** Finds out whether it is silent. */
  check(): void
  /** Ends it without a word. */
  abandon(): void
}
/** What becomes of a connection; none of it is told once it is abandoned. */
export interface StreamLinkEvents {
  /** A message was understood; what failed before counts no more. */
  onUnderstood(): void
  /** Closed or silent; `wasUnderstood`: at least once something was. */
  onLost(how: 'closed' | 'silent', wasUnderstood: boolean): void
  onChange(): void
}
/** Where and how it is opened. */
export interface StreamLinkWorld {
  readonly address: string
  readonly WebSocket: typeof WebSocket
  readonly now: () => number
  /** When the connection before was last understood, by the local clock. */
  readonly silentSince: number | undefined
}

const TICK_MS = 500
const DEFAULT_HEARTBEAT_MS = 5_000

/** Opens at once. Whoever opened it abandons it: also when it was lost. */
export function openStreamLink(
  model: LiveModel,
  stream: Stream,
  world: StreamLinkWorld,
  events: StreamLinkEvents,
): StreamLink {
  let lastHeard = world.now()
  /** When this connection was first understood; undefined while it isn't. */
  let liveSince: number | undefined
  let link: Link | undefined

  const hear = (data: unknown): void => {
    const at = (lastHeard = world.now())
    // A message may end the connection that it came on.
    if (!stream.receive(data, at) || !link) return
    liveSince ??= at
    events.onUnderstood()
    refresh()
  }

  const refresh = (): void => {
    judge()
    events.onChange()
  }

  const judge = (): void => {
    if (!link || liveSince === undefined) return
    const socket = {
      liveSince,
      remaining: stream.order.remaining(),
      isCatchingUp: stream.isCatchingUp(),
      isExecuting: model.isExecuting(),
      lastUpdate: model.lastUpdate(),
      intervalMs: model.server()?.intervalMs ?? 0,
    }
    const next = connectionOf(socket, world.now())
    if (!isSameConnection(model.connection(), next)) model.setConnection(next)
  }

  const check = (): void => {
    // A clock that was set back says nothing of the silence before.
    lastHeard = Math.min(lastHeard, world.now())
    // A stream that greets nobody promised no heartbeats: its silence says nothing.
    const isExpected = stream.isGreeted() || liveSince === undefined
    const limit = 2 * (model.server()?.heartbeatMs || DEFAULT_HEARTBEAT_MS)
    if (isExpected && world.now() - lastHeard > limit) events.onLost('silent', liveSince !== undefined)
    else refresh()
  }

  stream.begin(world.silentSince)
  link = openLink(world.WebSocket, world.address, {
    onFrame: hear,
    onClose: () => events.onLost('closed', liveSince !== undefined),
  })
  const ticker = setInterval(check, TICK_MS)
  return {
    refresh,
    check,
    abandon() {
      clearInterval(ticker)
      link?.abandon()
      link = undefined
      stream.end()
    },
  }
}
