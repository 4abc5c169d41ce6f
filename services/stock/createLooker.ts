import type { KnownPrompts, KnownPromptsQuery } from '../history/recorderStore'
import type { StockEntry, StockPrompt, StockQueue } from '../wire/stockPrompts'
import type { SystemStats } from '../wire/systemStats'
import type { StockBook } from './createStockBook'
import { HISTORY_PAGE, type StockReader } from './createStockReader'
import { readPast } from './readPast'
import type { ServerClock } from './serverClock'
import type { StockOutlet } from './stockOutlet'

/** Looks at a server's queue and history, and enters what they show in the books. */
export interface Looker {
  /** `roseAt`: when the queue grew since the look before. */
  look(roseAt: number | undefined): Promise<'done' | 'again'>
  /** Only whether the queue is another one than the last look showed. */
  glance(): Promise<boolean>
}
/** What is asked, and where the answers go. */
export interface LookerWorld {
  readonly book: StockBook
  readonly reader: StockReader
  readonly clock: ServerClock
  readonly now: () => number
  readonly signal: AbortSignal
  /** When the history may be asked for again. */
  readonly turn: () => Promise<void>
  readonly stats: () => SystemStats | undefined
  readonly knownPrompts: ((query: KnownPromptsQuery) => Promise<KnownPrompts>) | undefined
  readonly outlet: Pick<StockOutlet, 'lifecycle' | 'past' | 'refused'>
}
interface Seen {
  readonly queue: StockQueue
  readonly entries: readonly StockEntry[]
  readonly at: number
}

/** What was told to have ended may have ended on the server a little later. */
const SLACK_MS = 60 * 60_000

/** Nothing rejects; after the signal nothing is entered any more. */
export function createLooker(world: LookerWorld): Looker {
  const { book, reader, clock, outlet, now, signal } = world
  let isFirst = true
  let shown = ''
  let refused = 0

  const see = async (): Promise<Seen | undefined> => {
    const at = clock.at(now())
    const queue = await reader.queue()
    // Read after the queue: what has left the one by then is in the other.
    const history = queue && (await reader.history())
    if (!history || signal.aborted) return undefined
    // What can't be read stays there, and is counted once.
    outlet.refused(Math.max(0, queue.refused + history.refused - refused))
    refused = queue.refused + history.refused
    const newest = history.entries.at(-1)?.end?.timestamp
    if (newest !== undefined) clock.hearPast(newest, now())
    return { queue, entries: history.entries, at }
  }

  /** Asks the stored history about what is new here. */
  const recall = async (prompts: readonly StockPrompt[], entries: readonly StockEntry[]): Promise<void> => {
    const unknown = book.unknown(prompts)
    if (unknown.length === 0 && !isFirst && !book.isHolding()) return
    if (!world.knownPrompts) {
      const ended = new Set(book.isFresh() ? entries.map(({ promptId }) => promptId) : [])
      return book.learn({ open: [], ended, attempts: new Map() })
    }
    const times = entries.flatMap(({ end, startedAt }) => end?.timestamp ?? startedAt ?? [])
    const since = Math.min(clock.at(now()), ...times) - SLACK_MS
    const known = await world.knownPrompts({ since, scenes: book.scenesOf(unknown) }).catch(() => undefined)
    if (known && !signal.aborted) book.learn(known)
  }

  /** Entered before what is newer, as attempts are counted in their order. */
  const lookBack = async (newest: readonly StockEntry[]): Promise<Seen | undefined> => {
    const unknown = async (entries: readonly StockEntry[]): Promise<readonly StockEntry[]> => {
      await recall(entries, entries)
      return book.unknown(entries)
    }
    const past = await readPast(newest, { reader, turn: world.turn, unknown })
    for (let from = 0; from < past.length && !signal.aborted; from += HISTORY_PAGE) {
      outlet.past(book.applyPast(past.slice(from, from + HISTORY_PAGE), world.stats()))
      // Thousands of graphs are hashed: others have their turn in between.
      await new Promise((resolve) => setTimeout(resolve))
    }
    await world.turn()
    return see()
  }

  const lookForMissing = async (at: number): Promise<void> => {
    const gone: string[] = []
    for (const promptId of book.missing()) {
      const found = await reader.entry(promptId)
      if (signal.aborted) return
      if (found && found.entries.length > 0) outlet.lifecycle(book.applyPast(found.entries, world.stats()))
      else if (found) gone.push(promptId)
    }
    outlet.lifecycle(book.endMissing(gone, at))
  }

  return {
    async look(roseAt) {
      let seen = await see()
      if (!seen) return 'again'
      await recall(promptsOf(seen), seen.entries)
      const isPageNew = book.unknown(seen.entries).length >= HISTORY_PAGE
      if (isPageNew && !signal.aborted) seen = await lookBack(seen.entries)
      if (!seen || signal.aborted) return 'again'
      if (isPageNew) await recall(promptsOf(seen), seen.entries)
      if (signal.aborted) return 'again'
      const whole = { ...seen, stats: world.stats(), isWatched: !isFirst }
      outlet.lifecycle(book.apply(roseAt === undefined ? whole : { ...whole, roseAt }))
      shown = idsOf(seen.queue)
      isFirst = false
      await lookForMissing(seen.at)
      return book.isHolding() ? 'again' : 'done'
    },
    async glance() {
      const queue = await reader.queue()
      return queue !== undefined && !signal.aborted && idsOf(queue) !== shown
    },
  }
}

const promptsOf = ({ entries, queue: { running, pending } }: Seen): readonly StockPrompt[] => [
  ...entries,
  ...running,
  ...pending,
]

const idsOf = ({ running, pending }: StockQueue): string =>
  [...running, ...pending].map(({ promptId }) => promptId).join('\n')
