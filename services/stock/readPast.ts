import type { StockEntry } from '../wire/stockPrompts'
import { HISTORY_PAGE, type StockReader } from './readStock'

export interface PastWorld {
  readonly reader: Pick<StockReader, 'historyFrom'>
  /** Resolves when the server may be asked for its history again; rejects when nobody wants to know any more. */
  readonly turn: () => Promise<void>
  /** Those of which nothing is known yet. */
  readonly unknown: (entries: readonly StockEntry[]) => Promise<readonly StockEntry[]>
}

/** So many ids of one page are looked for in the next: the server may drop its oldest entries meanwhile. */
const OVERLAP = 8
/** ComfyUI keeps 10,000 prompts. */
const MAX_ENTRIES = 20_000

/**
 * The entries before `newest`, the newest page, back to one that is known or to the beginning; oldest first. ComfyUI counts its
 * offsets from the oldest entry and does not say how many there are, so that is found out first.
 */
export async function readPast(
  newest: readonly StockEntry[],
  world: PastWorld,
): Promise<readonly StockEntry[]> {
  let past: readonly StockEntry[] = []
  let end = (await countEntries(world)) - newest.length
  while (end > 0 && past.length < MAX_ENTRIES) {
    const offset = Math.max(0, end - HISTORY_PAGE + OVERLAP)
    await world.turn()
    const page = await world.reader.historyFrom(offset, end - offset + OVERLAP)
    if (!page) return past
    const seen = new Set([...past, ...newest].map(({ promptId }) => promptId))
    const fresh = (await world.unknown(page.entries)).filter(({ promptId }) => !seen.has(promptId))
    past = [...fresh, ...past]
    const before = page.entries.filter(({ promptId }) => !seen.has(promptId))
    if (fresh.length === 0 || fresh.length < before.length) return past
    end = offset
  }
  return past
}

/** The number of entries, by halving: an offset beyond the last answers with none. */
async function countEntries({ reader, turn }: PastWorld): Promise<number> {
  let low = HISTORY_PAGE
  let high = MAX_ENTRIES
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    await turn()
    const page = await reader.historyFrom(middle, 1)
    if (!page) return 0
    if (page.entries.length > 0) low = middle + 1
    else high = middle
  }
  return low
}
