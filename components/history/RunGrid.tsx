import {
  useCallback,
  useId,
  useMemo,
  type CSSProperties,
  type MouseEvent,
  type ReactElement,
  type RefObject,
} from 'react'
import type { RunSummary, TelemetryFilter } from '../../types'
import {
  gridTemplate,
  TWO_LINE_COLUMNS,
  widthOf,
  type KnownColumn,
  type RunSort,
} from '../../utils/history/runColumns'
import { hitHref } from '../../utils/filter/hitHref'
import { useMatchedScenes, useNow, useVerdicts, type RunList, type RunSelection } from '../../utils/hooks'
import type { PickValue } from '../filter/FilterValue'
import type { CellContext } from './runCells'
import { RunGridHead } from './RunGridHead'
import { cellId, RunGridRow, type PickRun } from './RunGridRow'
import { useActiveCell } from './useActiveCell'
import type { GridMeasure } from './useGridSize'
import { useRunRows } from './useRunRows'
import { useSideways } from './useSideways'
import './RunGrid.css'
import './RunGridNarrow.css'

/** What the grid is given. */
export interface RunGridProps {
  readonly runs: RunList
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly size: GridMeasure
  /** Where they are wider than the table, it scrolls sideways; a run of two lines has its own. */
  readonly columns: readonly KnownColumn[]
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly selection: RunSelection
  /** Names the list: another one is shown from its top. */
  readonly list: string
  /** On a phone: a tap picks a run instead of opening it. */
  readonly isPicking?: boolean
  /** Names of the servers by source; null where there is one server only. */
  readonly labels: ReadonlyMap<string, string> | null
  readonly onFilterValue?: PickValue | undefined
  /** What the list is of: its rows lead to the scenes that match. */
  readonly filter?: TelemetryFilter | undefined
}

const HEAD_PX = 36

/**
 * All runs of a list as a table of which only what is seen is there. One stop for Tab; arrows, Home, End, Page; Space picks, with
 * Shift a range; Enter does what the cell says. `j`, `k` and `x` work from anywhere on the page.
 */
export function RunGrid(props: RunGridProps): ReactElement {
  const { runs, scroller, size, sort, onSort, selection, list, isPicking, labels, onFilterValue, filter } =
    props
  const gridId = useId()
  const { width, isNarrow, rowHeight } = size
  const columns = isNarrow ? TWO_LINE_COLUMNS : props.columns
  const isWide = !isNarrow && widthOf(columns) > width
  const headHeight = isNarrow ? 0 : HEAD_PX
  const rows = useRunRows(scroller, runs, list, { rowHeight, headHeight })
  const seen = rows.items.flatMap(({ index }) => runs.runAt(index) ?? [])
  const verdicts = useVerdicts(seen.map(({ runId }) => runId))
  const picking = usePicking(selection, scroller)
  const { active, ...handlers } = useActiveCell(gridId, list, {
    size: { rows: rows.count, columns: columns.length + 1, perPage: rows.perPage },
    mainColumn: 1 + columns.findIndex(({ id }) => id === 'story'),
    scrollTo: rows.scrollTo,
    focus: picking.focus,
    pickAll: () => void selection.selectAll(),
    pick(row, isRange) {
      const run = runs.runAt(row)
      if (row < 0) picking.pickAll()
      else if (run) picking.pick(row, run.runId, isRange)
    },
  })
  useSideways(scroller, isWide ? columns : undefined, active.column)
  const hrefOf = useRowHref(seen, filter)
  const context = useCellContext(labels, onFilterValue, hrefOf)
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label="Saved runs"
      aria-rowcount={runs.total === undefined ? -1 : runs.total + 1}
      aria-multiselectable
      aria-busy={runs.total === undefined || runs.isEarlier}
      aria-activedescendant={cellId(gridId, active.row, active.column)}
      className="tele-grid"
      data-narrow={isNarrow || undefined}
      data-wide={isWide || undefined}
      data-picking={isPicking || undefined}
      data-earlier={runs.isEarlier || undefined}
      style={sizes(rowHeight, columns)}
      {...handlers}
      {...(isWide ? { onClick: openRow } : {})}
    >
      <RunGridHead
        gridId={gridId}
        columns={columns}
        sort={sort}
        onSort={onSort}
        total={runs.total ?? 0}
        picked={selection.ids.size}
        onPickAll={picking.pickAll}
        activeColumn={active.row === -1 ? active.column : undefined}
      />
      <div role="rowgroup" className="tele-grid-body" style={{ blockSize: rows.totalSize }}>
        {rows.items.map(({ index, start }) => {
          const run = runs.runAt(index)
          return (
            <RunGridRow
              // A row that leaves on one side is used for the one that comes in on the other: nothing is built while scrolling.
              key={index % rows.items.length}
              gridId={gridId}
              index={index}
              run={run}
              columns={columns}
              top={start - headHeight}
              verdict={run && verdicts.get(run.runId)}
              isJudged={run !== undefined && verdicts.has(run.runId)}
              isPicked={run !== undefined && selection.ids.has(run.runId)}
              activeColumn={index === active.row ? active.column : undefined}
              context={context}
              onPick={picking.pick}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The name stands still in a layer of its own, so that its link cannot reach over the rest of the row. */
function openRow({ target }: MouseEvent): void {
  if (!(target instanceof Element) || target.closest('a, button, label')) return
  target.closest('[role=row]')?.querySelector<HTMLElement>('[role=rowheader] a')?.click()
}

function useCellContext(
  labels: CellContext['labels'],
  onFilterValue: PickValue | undefined,
  hrefOf: CellContext['hrefOf'],
): CellContext {
  const now = useNow(60_000)
  return useMemo(() => ({ now, labels, onFilterValue, hrefOf }), [now, labels, onFilterValue, hrefOf])
}

/** A row leads to the scene that matches, where what was sought is marked. */
function useRowHref(seen: readonly RunSummary[], filter: TelemetryFilter | undefined): CellContext['hrefOf'] {
  const scenes = useMatchedScenes(seen, filter)
  return useCallback((runId) => hitHref(runId, scenes.get(runId), filter), [scenes, filter])
}

/** Picks, and keeps the keyboard where it was: a checkbox that is clicked must not take it out of the table's hands. */
function usePicking(
  { ids, toggle, extendTo, selectAll, clear }: RunSelection,
  scroller: { readonly current: HTMLDivElement | null },
): { readonly pick: PickRun; readonly focus: () => void; readonly pickAll: () => void } {
  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), [scroller])
  const pick = useCallback<PickRun>(
    (index, runId, isRange) => {
      if (isRange) void extendTo(index)
      else toggle(index, runId)
      focus()
    },
    [toggle, extendTo, focus],
  )
  const pickAll = (): void => {
    if (ids.size > 0) clear()
    else void selectAll()
    focus()
  }
  return { pick, focus, pickAll }
}

const sizes = (
  rowHeight: number,
  columns: readonly KnownColumn[],
): CSSProperties & Record<`--${string}`, string> => ({
  '--tele-grid-row': `${rowHeight}px`,
  '--tele-grid-columns': gridTemplate(columns),
  '--tele-grid-width': `${widthOf(columns)}px`,
})
