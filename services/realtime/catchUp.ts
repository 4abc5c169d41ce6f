import { fetchEvents } from './fetchEvents'
import type { Journaled, JournalOrder } from './journalOrder'

/** How reading the journal's missing part ended. */
export type CaughtUp =
  | { readonly kind: 'done'; readonly lost: number }
  /** The pages don't come: the connection is better begun anew. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'aborted' }

/** Where the journal is read, and who gets it. */
export interface CatchUpWorld {
  readonly base: string
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
  /** Gets entries in order, each once. */
  readonly deliver: (entries: readonly Journaled[], refused: number) => void
}

/**
 * Reads the journal after the cursor up to `until`, then what was held meanwhile; goes on while that shows another hole.
 * Never rejects.
 */
export async function catchUp(order: JournalOrder, until: number, world: CatchUpWorld): Promise<CaughtUp> {
  let target = until
  let lost = 0
  for (;;) {
    const read = await readUntil(order, target, world)
    if (typeof read === 'string') return { kind: read }
    const caught = order.caughtUp(target, read.journalEnd)
    lost += caught.lost
    world.deliver(caught.due, 0)
    if (!caught.missing) return { kind: 'done', lost }
    target = caught.missing.until
  }
}

async function readUntil(
  order: JournalOrder,
  until: number,
  world: CatchUpWorld,
): Promise<{ readonly journalEnd: number } | 'failed' | 'aborted'> {
  const start = order.cursor()
  if (!start) return 'failed'
  let since = start.seq
  let journalEnd = start.seq
  while (since < until) {
    const page = await fetchEvents(world.base, { epoch: start.epoch, seq: since }, world.fetch, world.signal)
    if (world.signal.aborted) return 'aborted'
    if (page.kind !== 'page') return 'failed'
    const entries = page.messages.filter(isJournaled)
    journalEnd = Math.max(journalEnd, entries.at(-1)?.seq ?? 0)
    world.deliver(order.acceptPage(entries), page.refused)
    if (page.next === undefined || page.next <= since) return { journalEnd }
    since = page.next
  }
  return { journalEnd: Math.max(journalEnd, until) }
}

/** Whether a message has a place in the journal. */
export function isJournaled(message: { readonly type: string; readonly seq?: number }): message is Journaled {
  return (message.type === 'update' || message.type === 'run') && message.seq !== undefined
}
