import type { StockEntry } from '../wire/stockPrompts'
import { HISTORY_PAGE, type StockReader } from './createStockReader'

/** Whom is asked, and what is known. */
export interface PastWorld {
  readonly reader: Pick<StockReader, 'historyFrom'>
  /** Resolves when the server may be asked for its history again; never, when nobody wants to know any more. */
  readonly turn: () => Promise<void>
  /** Those of which nothing is known yet. */
  readonly unknown: (entries: readonly StockEntry[]) => Promise<readonly StockEntry[]>
}

/** ComfyUI keeps 10,000 prompts. */
const MAX_PAGES = 256

/**
 * The entries before `newest`, the newest page, back to one that is known or to the beginning; oldest first. ComfyUI counts its
 * offsets from the oldest entry and does not say how many there are, so the last page is found first. When it drops its oldest
 * meanwhile, the next page overlaps the one before; nothing falls between them.
 */
export async function readPast(
  newest: readonly StockEntry[],
  world: PastWorld,
): Promise<readonly StockEntry[]> {
  const seen = new Set(newest.map(({ promptId }) => promptId))
  let past: readonly StockEntry[] = []
  for (let page = await lastPage(world); page >= 0; page--) {
    await world.turn()
    const history = await world.reader.historyFrom(page * HISTORY_PAGE, HISTORY_PAGE)
    const before = history?.entries.filter(({ promptId }) => !seen.has(promptId)) ?? []
    const fresh = await world.unknown(before)
    past = [...fresh, ...past]
    if (!history || fresh.length < before.length) return past
    for (const { promptId } of before) seen.add(promptId)
  }
  return past
}

/** The last page that has an entry: by doubling, then by halving. */
async function lastPage({ reader, turn }: PastWorld): Promise<number> {
  const hasPage = async (page: number): Promise<boolean> => {
    await turn()
    const history = await reader.historyFrom(page * HISTORY_PAGE, 1)
    return (history?.entries.length ?? 0) > 0
  }
  let low = 0
  let high = 1
  while (high < MAX_PAGES && (await hasPage(high))) {
    low = high
    high *= 2
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await hasPage(middle)) low = middle
    else high = middle
  }
  return low
}
