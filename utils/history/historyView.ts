import { decodeView, encodeView } from '../../services/telemetryFilterService'
import type { HistoryView, TelemetryFilter } from '../../types'
import { isColumnId, RUN_COLUMNS, type ColumnId, type RunSort } from './runColumns'
import { usualSort } from './usualSort'

/** What the address of the History page carries. */
export interface HistoryAddress {
  /** Normalized. */
  readonly filter: TelemetryFilter
  /** Undefined: the usual one of the filter. */
  readonly sort: RunSort | undefined
  /** Undefined: the remembered or the usual ones. */
  readonly columns: readonly ColumnId[] | undefined
  /** A sentence for each part that could not be read. */
  readonly leftOut: readonly string[]
  /** It asks for no view at all: what is remembered is shown. */
  readonly isBare: boolean
}

/** Reads the part behind `#/history?`; what cannot be read is named, not guessed at. */
export function readHistoryAddress(query: URLSearchParams): HistoryAddress {
  const decoded = decodeView(query.toString())
  if (!decoded.ok) return { ...NOTHING, leftOut: [decoded.error], isBare: query.size === 0 }
  const { view, leftOut } = decoded.value
  const names = view.columns ?? []
  const columns = names.filter(isColumnId)
  const strange = names.filter((name) => !isColumnId(name))
  const sort = knownSort(view.sort)
  return {
    filter: view.filter,
    sort,
    columns: columns.length === 0 ? undefined : columns,
    leftOut: [
      ...leftOut,
      ...(view.sort && !sort && view.sort.by !== 'relevance'
        ? [`The order \`${view.sort.by}\`: this table has no such column.`]
        : []),
      ...strange.map((name) => `The column \`${name}\`: there is none of this name.`),
    ],
    isBare: query.size === 0,
  }
}

/** The address of the History page: bare, or of exactly this view. */
export function historyHref(view?: {
  readonly filter: TelemetryFilter
  readonly sort?: RunSort | undefined
  readonly columns?: readonly ColumnId[] | undefined
}): string {
  if (!view) return '#/history'
  const { filter, sort, columns } = view
  const encoded: HistoryView = {
    filter,
    ...(sort && !isUsual(sort, filter) ? { sort } : {}),
    ...(columns ? { columns } : {}),
  }
  return `#/history?${encodeView(encoded)}`
}

/** `2 parts of this link were left out.` and why, of the first five; undefined when all was read. */
export function leftOutSentence(leftOut: readonly string[]): string | undefined {
  if (leftOut.length === 0) return undefined
  const parts = leftOut.length === 1 ? '1 part of this link was' : `${leftOut.length} parts of this link were`
  return `${parts} left out: ${leftOut.slice(0, 5).join(' ')}${leftOut.length > 5 ? ' …' : ''}`
}

const NOTHING = { filter: {}, sort: undefined, columns: undefined }

/** By relevance is the usual order of all that can be ordered by it, and so never asked for. */
function knownSort(sort: HistoryView['sort']): RunSort | undefined {
  const column = sort && RUN_COLUMNS.find((each) => 'sort' in each && each.sort === sort.by)
  return sort && column && 'sort' in column ? { by: column.sort, direction: sort.direction } : undefined
}

function isUsual({ by, direction }: RunSort, filter: TelemetryFilter): boolean {
  const usual = usualSort(filter)
  return by === usual.by && direction === usual.direction
}
