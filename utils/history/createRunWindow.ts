import type { ReadableStore, RunPage, RunQuery, RunSummary } from '../../types'
import { createStore } from '../../services/shared/createStore'
import { reasonOf } from '../format/reasonOf'

/** What a list is of: its filter and its order. */
export type ListQuery = Pick<RunQuery, 'filter' | 'sort'>

/** A long list of which only the pages around what is looked at are here. */
export interface RunWindowState {
  /** Runs that match; undefined until the first answer. */
  readonly total: number | undefined
  /** Matching runs that came since the list was made; `renew` lets them in. */
  readonly waiting: number
  /** `RunPage.asOf` of the list, which holds it still. */
  readonly asOf: number | undefined
  /** What is shown answers an earlier question than the one that was asked last. */
  readonly isEarlier: boolean
  /** Why the last page could not be had; `retry` asks again. */
  readonly error: string | null
  /** The run at a place of the list; undefined while its page is on its way. */
  runAt(index: number): RunSummary | undefined
}
export interface RunWindow extends ReadableStore<RunWindowState> {
  /** Another list. The rows of the last one stay until the first page of it is here. */
  ask(query: ListQuery): void
  /** What is looked at, first and last row: its pages and those beside them are fetched. */
  want(first: number, last: number): void
  /** Reads what is looked at again, as the list is held; for when the history changed. */
  refresh(): void
  /** The same list as it is now, with what waited. */
  renew(): void
  /** Asks again for what could not be had. */
  retry(): void
  /** Aborts what is on its way; `ask` begins anew. */
  stop(): void
}

/** Rows that are fetched at once. */
export const PAGE_ROWS = 100
/** Pages on their way at a time: whoever answers sets the pace, however fast somebody scrolls. */
const AT_ONCE = 2
/** Pages that are kept; the farthest from what is looked at go first. */
const KEPT = 40

/** Pages of `load`'s answers around what is wanted. An answer to a question that was asked anew is dropped. */
export function createRunWindow(load: (query: RunQuery) => Promise<RunPage>): RunWindow {
  const store = createStore<RunWindowState>(EMPTY)
  let query: ListQuery = {}
  let round = new AbortController()
  let pages: ReadonlyMap<number, readonly RunSummary[]> = new Map()
  let wanted: readonly number[] = [0]
  let held: number | undefined
  let isStaleAgain = false
  const onTheirWay = new Set<number>()
  const fresh = new Set<number>()

  const set = (change: Partial<RunWindowState>): void => {
    const shown = pages
    const runAt = (index: number) => shown.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
    store.set({ ...store.getSnapshot(), runAt, ...change })
  }
  const begin = (asOf: number | undefined): void => {
    stop()
    round = new AbortController()
    held = asOf
    pump()
  }
  const stop = (): void => {
    round.abort()
    onTheirWay.clear()
    fresh.clear()
    isStaleAgain = false
  }
  const pump = (): void => {
    const { total } = store.getSnapshot()
    const isThere = (page: number): boolean =>
      held === undefined || page * PAGE_ROWS < Math.max(1, total ?? 1)
    const room = held === undefined ? 1 : AT_ONCE
    for (const page of wanted.filter(isThere)) {
      if (onTheirWay.size >= room) return
      const isHere = fresh.has(page) && pages.has(page)
      if (!onTheirWay.has(page) && !isHere) void read(page)
    }
  }
  const read = async (page: number): Promise<void> => {
    const { signal } = round
    onTheirWay.add(page)
    try {
      const place = { offset: page * PAGE_ROWS, limit: PAGE_ROWS }
      const answer = await load({ ...query, ...place, signal, ...(held === undefined ? {} : { asOf: held }) })
      if (!signal.aborted) take(page, answer)
    } catch (error) {
      if (signal.aborted) return
      onTheirWay.delete(page)
      set({ error: reasonOf(error, 'The runs could not be read. Try again.') })
    }
  }
  const take = (page: number, { runs, total, asOf, waiting }: RunPage): void => {
    onTheirWay.delete(page)
    fresh.add(page)
    pages = nearest(new Map([...(held === undefined ? [] : pages), [page, runs]]), wanted[0] ?? 0)
    held ??= asOf
    set({ total, waiting, asOf: held, isEarlier: false, error: null })
    // Nobody reads an empty list: nothing would move.
    if (total === 0 && waiting > 0) begin(undefined)
    else if (isStaleAgain && onTheirWay.size === 0) refresh()
    else pump()
  }
  const refresh = (): void => {
    if (held === undefined) return
    // Restarting at every write would never come to an end while somebody writes all the time.
    if (onTheirWay.size > 0) return void (isStaleAgain = true)
    pages = new Map([...pages].filter(([page]) => wanted.includes(page)))
    begin(held)
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    ask(next) {
      query = next
      wanted = [0]
      if (store.getSnapshot().total !== undefined) set({ isEarlier: true })
      begin(undefined)
    },
    want(first, last) {
      wanted = pagesAround(first, last)
      if (held !== undefined && store.getSnapshot().error === null) pump()
    },
    refresh,
    renew() {
      wanted = [0]
      begin(undefined)
    },
    retry() {
      set({ error: null })
      begin(held)
    },
    stop,
  }
}

const EMPTY: RunWindowState = {
  total: undefined,
  waiting: 0,
  asOf: undefined,
  isEarlier: false,
  error: null,
  runAt: () => undefined,
}

/** What is seen first, then what would be seen next. */
function pagesAround(first: number, last: number): readonly number[] {
  const from = Math.floor(first / PAGE_ROWS)
  const to = Math.floor(last / PAGE_ROWS)
  const seen = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return [...seen, to + 1, from - 1].filter((page) => page >= 0)
}

function nearest<T>(pages: ReadonlyMap<number, T>, middle: number): ReadonlyMap<number, T> {
  if (pages.size <= KEPT) return pages
  const order = [...pages].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle))
  return new Map(order.slice(0, KEPT))
}
