import { RUN_ORDERS, type RunOrder } from './orderRuns'

/** What the Compare page sets side by side, as its address says. */
export interface CompareView {
  readonly runs: readonly string[]
  /** The run that the others are held against; 'auto': each against the earlier runs that are like it. */
  readonly base: string
  readonly onlyDifferences: boolean
  readonly order: RunOrder
}

/** More columns are read by nobody. */
export const MAX_COMPARED = 6

/** Reads `runs=a,b&base=ID|auto&diff=1&order=fastest`; `leftOut` counts runs beyond the first six. The base is among the runs, or 'auto'. */
export function readCompareView(query: URLSearchParams): CompareView & { readonly leftOut: number } {
  const all = [...new Set((query.get('runs') ?? '').split(',').filter(Boolean).map(decoded))]
  const base = query.get('base')
  const isNamed = base !== null && base !== 'auto' && base !== ''
  const named = isNamed && !all.includes(base) ? [base, ...all] : all
  const runs = named.slice(0, MAX_COMPARED)
  const [first] = runs
  const isAuto = base === 'auto' || runs.length < 2 || first === undefined
  return {
    runs,
    base: isAuto ? 'auto' : isNamed && runs.includes(base) ? base : first,
    onlyDifferences: query.get('diff') === '1',
    order: RUN_ORDERS.find((each) => each === query.get('order')) ?? 'chosen',
    leftOut: named.length - runs.length,
  }
}

/** The Compare page of these runs. */
export function compareHref(view: Partial<CompareView> & Pick<CompareView, 'runs'>): string {
  const query = new URLSearchParams()
  if (view.runs.length > 0) query.set('runs', view.runs.map(encodeURIComponent).join(','))
  if (view.base !== undefined) query.set('base', view.base)
  if (view.onlyDifferences) query.set('diff', '1')
  if (view.order !== undefined && view.order !== 'chosen') query.set('order', view.order)
  return query.size === 0 ? '#/compare' : `#/compare?${query.toString()}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a broken escape names no run, and the page says so
  }
}
