import type { Cursor } from '../history/recorderStore'
import type { HelloMessage, RunMessage, UpdateMessage } from '../wire/messages'

/** A journaled message: it has a place in the server's order. */
export type Journaled = (UpdateMessage | RunMessage) & { readonly seq: number }

/** What is missing before the stream can go on: the journal's entries after the cursor, up to `until`. */
export interface Missing {
  readonly until: number
}
/** What a hello means for what was read so far. */
export type Greeting =
  /** Nothing is missing, or the socket itself replays it. */
  | { readonly kind: 'go-on' }
  | { readonly kind: 'page'; readonly until: number }
  /** The journal is another one: what happened between can't be known. */
  | { readonly kind: 'other-journal'; readonly until: number }

/**
 * Keeps one connection after another in the journal's order: every entry once, none skipped. Entries that come while earlier
 * ones are missing are held. Holds nothing but numbers and those entries.
 */
export interface JournalOrder {
  readonly cursor: () => Cursor | undefined
  /** What the socket still has to replay. */
  readonly remaining: () => number
  resumeFrom(cursor: Cursor | undefined): void
  greet(hello: HelloMessage): Greeting
  /** The entries that are due now, in order; or what is missing before this one. */
  accept(entry: Journaled): { readonly due: readonly Journaled[]; readonly missing?: Missing }
  /** Of a page read from the journal: the entries not seen yet. */
  acceptPage(entries: readonly Journaled[]): readonly Journaled[]
  /**
   * The journal was read up to `until`, or to its end, whose newest entry `journalEnd` is; what it did not have is gone. Releases
   * what was held, and counts what is lost. A number that only a greeting or a heartbeat named is not believed beyond that end.
   */
  caughtUp(
    until: number,
    journalEnd: number,
  ): {
    readonly due: readonly Journaled[]
    readonly lost: number
    readonly missing?: Missing
  }
  /** A heartbeat's `seq`: true when what the heartbeat before it had named has still not arrived. */
  isBehind(newest: number): boolean
}

/** More than this held means that the pages never come: the connection is better begun anew. */
export const MAX_HELD = 20_000

/** `wantsPast`: a first contact reads the whole journal; without it, from now on. */
export function createJournalOrder(wantsPast: boolean): JournalOrder {
  let epoch: string | undefined
  let seq: number | undefined
  /** The newest entry that existed when the connection was greeted: what the journal itself lacks up to it was pruned. */
  let replayedTo = 0
  let paging = false
  let heartbeat: { readonly named: number; readonly seq: number } | undefined
  let held: Journaled[] = []

  const dueOf = (entry: Journaled): { due: readonly Journaled[]; missing?: Missing } => {
    if (seq !== undefined && entry.seq <= seq) return { due: [] }
    const follows = epoch === undefined || seq === undefined || entry.seq === seq + 1
    if (!follows) {
      held.push(entry)
      paging = true
      // Pruned, or lost on the way? Only the journal knows: one reading answers it for all of the replay.
      return { due: [], missing: { until: Math.max(entry.seq - 1, replayedTo) } }
    }
    seq = entry.seq
    return { due: [entry] }
  }

  return {
    cursor: () => (epoch === undefined || seq === undefined ? undefined : { epoch, seq }),
    remaining: () => (seq === undefined ? 0 : Math.max(0, replayedTo - seq)),
    resumeFrom(cursor) {
      epoch = cursor?.epoch
      seq = cursor?.seq
      held = []
      paging = false
    },
    greet(hello) {
      held = []
      paging = false
      heartbeat = undefined
      replayedTo = hello.seq ?? 0
      const newest = hello.seq ?? 0
      const known = epoch
      const isSame = hello.epoch !== undefined && known === hello.epoch && seq !== undefined && seq <= newest
      epoch = hello.epoch
      if (epoch === undefined) {
        seq = undefined
        return { kind: 'go-on' }
      }
      if (isSame) {
        const replays = hello.resumed !== undefined && !hello.behind
        if (seq === newest || replays) return { kind: 'go-on' }
        paging = true
        return { kind: 'page', until: newest }
      }
      if (known === undefined && !wantsPast) {
        seq = newest
        return { kind: 'go-on' }
      }
      seq = 0
      paging = newest > 0
      if (known !== undefined) return { kind: 'other-journal', until: newest }
      return paging ? { kind: 'page', until: newest } : { kind: 'go-on' }
    },
    accept(entry) {
      if (!paging) return dueOf(entry)
      held.push(entry)
      return { due: [] }
    },
    acceptPage(entries) {
      const fresh = entries.filter((entry) => seq === undefined || entry.seq > seq)
      seq = fresh.at(-1)?.seq ?? seq
      return fresh
    },
    caughtUp(named, journalEnd) {
      // An entry that is held proves that the ones before it existed.
      const until = held.length > 0 ? named : Math.min(named, journalEnd)
      const read = seq ?? until
      const waiting = [...held].sort((a, b) => a.seq - b.seq)
      // What came by the socket and stands in no page is told all the same.
      const due = waiting.filter((entry) => entry.seq > read && entry.seq <= until)
      const lost = Math.max(
        0,
        until - Math.max(read, replayedTo) - due.filter(({ seq: at }) => at > replayedTo).length,
      )
      seq = Math.max(read, until)
      replayedTo = Math.min(replayedTo, seq)
      paging = false
      held = []
      for (const [index, entry] of waiting.entries()) {
        const next = dueOf(entry)
        due.push(...next.due)
        if (!next.missing) continue
        held.push(...waiting.slice(index + 1))
        return { due, lost, missing: next.missing }
      }
      return { due, lost }
    },
    isBehind(newest) {
      const before = heartbeat
      if (epoch === undefined || seq === undefined || paging) return false
      heartbeat = { named: newest, seq }
      // A replay that goes on is not late; one that stands still is.
      if (before === undefined || (seq < replayedTo && seq > before.seq)) return false
      return seq < before.named
    },
  }
}
