import { shortName } from '../format/shortName'
import { isColumnId, NEWEST_FIRST, RUN_COLUMNS, type ColumnId, type RunSort } from './runColumns'

/** What the address of the History page carries. */
export interface HistoryAddress {
  /** The query as it is written; '' for none. */
  readonly q: string
  readonly sort: RunSort
  /** Undefined: the remembered or the usual ones. */
  readonly columns: readonly ColumnId[] | undefined
  /** Parts that could not be read, as they were written. */
  readonly leftOut: readonly string[]
}

const KNOWN: ReadonlySet<string> = new Set(['q', 'sort', 'cols', 'v'])
/** A list of columns that is longer is nobody's choice. */
const MAX_PARTS = 50

/** Reads the part behind `#/history?`; what cannot be read is named, not guessed at. */
export function readHistoryAddress(query: URLSearchParams): HistoryAddress {
  const leftOut: string[] = []
  const say = (name: string, value: string): void => void leftOut.push(shortName(`${name}=${value}`))
  const sortText = query.get('sort')
  const sort = sortText === null ? NEWEST_FIRST : readSort(sortText)
  if (!sort && sortText !== null) say('sort', sortText)
  const names = query.get('cols')?.slice(0, 2_000).split(',').slice(0, MAX_PARTS) ?? []
  const columns = [...new Set(names.filter(isColumnId))]
  for (const name of names) if (!isColumnId(name)) say('cols', name)
  for (const [name, value] of [...query].slice(0, MAX_PARTS)) if (!KNOWN.has(name)) say(name, value)
  return {
    q: query.get('q') ?? '',
    sort: sort ?? NEWEST_FIRST,
    columns: columns.length === 0 ? undefined : columns,
    leftOut,
  }
}

/** The address of the History page; what is as usual is left out. */
export function historyHref(address: Partial<Omit<HistoryAddress, 'leftOut'>> = {}): string {
  const { q = '', sort = NEWEST_FIRST, columns } = address
  const query = new URLSearchParams()
  if (q !== '') query.set('q', q)
  if (!isNewestFirst(sort)) query.set('sort', `${sort.direction === 'desc' ? '-' : ''}${sort.by}`)
  if (columns) query.set('cols', columns.join(','))
  return query.size === 0 ? '#/history' : `#/history?${query.toString()}`
}

/** `2 parts of this link were left out: …`; undefined when all was read. */
export function leftOutSentence(leftOut: readonly string[]): string | undefined {
  if (leftOut.length === 0) return undefined
  const parts = leftOut.length === 1 ? '1 part of this link was' : `${leftOut.length} parts of this link were`
  return `${parts} left out: ${leftOut.slice(0, 5).join(', ')}${leftOut.length > 5 ? ', …' : '.'}`
}

function readSort(text: string): RunSort | undefined {
  const by = text.replace(/^-/, '')
  const column = RUN_COLUMNS.find((each) => 'sort' in each && each.sort === by)
  if (!column || !('sort' in column)) return undefined
  return { by: column.sort, direction: text.startsWith('-') ? 'desc' : 'asc' }
}

const isNewestFirst = ({ by, direction }: RunSort): boolean =>
  by === NEWEST_FIRST.by && direction === NEWEST_FIRST.direction
