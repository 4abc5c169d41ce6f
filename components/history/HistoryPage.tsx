import { useEffect, useMemo, useRef, type ReactElement, type ReactNode } from 'react'
import type { TelemetryFilter } from '../../types'
import type { ListQuery } from '../../utils/history/createRunWindow'
import { queryText } from '../../utils/filter/queryText'
import { countWords, filterWords } from '../../utils/history/historySentence'
import { leftOutSentence } from '../../utils/history/historyView'
import { usualSort } from '../../utils/history/usualSort'
import {
  useHistoryAddress,
  useRunSelection,
  useRunWindow,
  useStorageReport,
  useToasts,
  type RunList,
} from '../../utils/hooks'
import { HistoryChart } from './HistoryChart'
import { HistorySentence } from './HistorySentence'
import { NoRunMatches, NoRunsYet, SlowReading } from './HistoryStates'
import type { ChartRange } from '../charts/chartProps'
import type { PickValue } from '../filter/FilterValue'
import { RunTable } from './RunTable'
import { MOST_ROWS } from './useRunRows'
import './HistoryPage.css'

/** What the page is given. */
export interface HistoryPageProps {
  /** What the table, the chart and the figures are of. */
  readonly filter?: TelemetryFilter
  /** A newer filter is being applied: what is shown answers an earlier one. */
  readonly isBehind?: boolean
  readonly filterBar?: ReactNode
  readonly onResetFilter?: () => void
  /** What to say of a filter that nothing matches: which part of it removes most. */
  readonly emptyHint?: ReactNode
  /** A value of the table was clicked on. */
  readonly onFilterValue?: PickValue
  /** The chart was zoomed, and only the runs of that time are wanted. */
  readonly onFilterTime?: (range: ChartRange) => void
}

/** Every saved run: what matches the filter in a sentence, a chart and a table, and what can be done with it. */
export function HistoryPage(props: HistoryPageProps): ReactElement {
  const { filter = NO_FILTER, isBehind = false, filterBar, emptyHint, onResetFilter, onFilterValue } = props
  const { sort: chosen, setSort, columns, setColumns, leftOut } = useHistoryAddress()
  const sort = useMemo(() => chosen ?? usualSort(filter), [chosen, filter])
  const query = useMemo<ListQuery>(() => ({ filter, sort }), [filter, sort])
  const listed = useRunWindow(query)
  const runs = useMemo(() => ({ ...listed, isEarlier: listed.isEarlier || isBehind }), [listed, isBehind])
  // Here, for the table goes when its last run is deleted, and Undo brings both back.
  const selection = useRunSelection(query, runs.asOf)
  const stored = useStorageReport()?.runs
  const isFiltered = Object.keys(filter).length > 0 && stored !== 0
  const { total, asOf, waiting } = runs
  // What waits is not in the table, so it is no run that the filter leaves out.
  const unfiltered = isFiltered && stored !== undefined ? stored - waiting : undefined
  useCountSaid(isFiltered && !runs.isEarlier && total !== undefined ? countWords(total, unfiltered) : null)
  const unreadSentence = leftOutSentence(leftOut)
  return (
    <div className="tele-history">
      <HistoryHead
        runs={runs}
        filter={filter}
        isFiltered={isFiltered}
        unfiltered={unfiltered}
        stored={stored}
      />
      {filterBar}
      {unreadSentence !== undefined && <p className="tele-muted">{unreadSentence}</p>}
      {total !== undefined && total > 0 && (
        <HistoryChart
          filter={filter}
          asOf={asOf}
          filterText={runs.isEarlier ? undefined : filterWords(queryText(filter), total, unfiltered)}
          onFilterValue={props.onFilterValue}
          onFilterTime={props.onFilterTime}
        />
      )}
      <ReadingError runs={runs} />
      {total !== 0 || runs.isEarlier ? (
        <RunTable
          query={query}
          runs={runs}
          selection={selection}
          sort={sort}
          onSort={setSort}
          columns={columns}
          onColumns={setColumns}
          onFilterValue={onFilterValue}
        />
      ) : isFiltered ? (
        <NoRunMatches onReset={onResetFilter}>{emptyHint}</NoRunMatches>
      ) : (
        <NoRunsYet />
      )}
    </div>
  )
}

const NO_FILTER: TelemetryFilter = {}

function HistoryHead(props: {
  readonly runs: RunList
  readonly filter: TelemetryFilter
  readonly isFiltered: boolean
  readonly unfiltered: number | undefined
  readonly stored: number | undefined
}): ReactElement {
  const { filter, unfiltered } = props
  const { total, asOf, isEarlier, error } = props.runs
  return (
    <header data-earlier={isEarlier || undefined} aria-busy={isEarlier || undefined}>
      <h1>History</h1>
      {total !== undefined && (total > 0 || props.isFiltered) && (
        <HistorySentence filter={filter} total={total} unfiltered={unfiltered} asOf={asOf} most={MOST_ROWS} />
      )}
      <SlowReading isReading={total === undefined && error === null} runs={props.stored} />
    </header>
  )
}

function ReadingError({ runs: { error, retry } }: { readonly runs: RunList }): ReactElement | null {
  if (error === null) return null
  return (
    <p role="alert" className="tele-history-error">
      {error}{' '}
      <button type="button" className="tele-button" onClick={retry}>
        Try again
      </button>
    </p>
  )
}

/** Who types does not want to hear each letter's count. */
const SAY_AFTER_MS = 500

/** Tells screen readers how many runs match, when that stays for a moment and has changed. */
function useCountSaid(words: string | null): void {
  const { say } = useToasts()
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (words === last.current) return
    const timer = setTimeout(() => {
      last.current = words
      if (words !== null) say(words)
    }, SAY_AFTER_MS)
    return () => clearTimeout(timer)
  }, [words, say])
}
