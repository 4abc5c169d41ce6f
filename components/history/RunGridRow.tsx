import { memo, type ChangeEvent, type ReactElement } from 'react'
import type { Estimate, RunSummary } from '../../types'
import { formatWhen } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import type { KnownColumn } from '../../utils/history/runColumns'
import { RUN_CELLS, runRowName, type CellContext } from './runCells'

/** Picks a run, or all from the last picked one to it. */
export type PickRun = (index: number, runId: string, isRange: boolean) => void

/** A run in the table, or the place of one that is on its way. Renders for its own run, choice and active cell only. */
export const RunGridRow = memo(function RunGridRow(props: {
  readonly gridId: string
  readonly index: number
  readonly run: RunSummary | undefined
  readonly columns: readonly KnownColumn[]
  /** Below the head, px. */
  readonly top: number
  readonly verdict: Estimate | undefined
  /** Whether it is known what the verdict is, or that there is none. */
  readonly isJudged: boolean
  readonly isPicked: boolean
  /** Undefined: the active cell is in another row. */
  readonly activeColumn: number | undefined
  readonly context: CellContext
  readonly onPick: PickRun
}): ReactElement {
  const { gridId, index, run, columns, top, verdict, isJudged, isPicked, activeColumn, context, onPick } =
    props
  const cell = (column: number) => ({
    id: cellId(gridId, index, column),
    'data-active': column === activeColumn ? '' : undefined,
  })
  const pick = ({ nativeEvent }: ChangeEvent): void => {
    if (run) onPick(index, run.runId, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isPicked}
      aria-label={run ? runRowName(run, context) : 'Still being read'}
      className="tele-grid-row"
      data-active={activeColumn === undefined ? undefined : ''}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" data-column="select" {...cell(0)}>
        {run && (
          <label className="tele-pick">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={`Select ${runTitle(run)}, ${formatWhen(run.timestamp, context.now)}`}
              checked={isPicked}
              onChange={pick}
            />
          </label>
        )}
      </div>
      {columns.map(({ id, isFigure }, at) => (
        <div
          key={id}
          role={id === 'story' ? 'rowheader' : 'gridcell'}
          data-column={id}
          className={isFigure ? 'tele-number' : undefined}
          {...cell(at + 1)}
        >
          {run ? (
            RUN_CELLS[id](run, context, isJudged && { estimate: verdict })
          ) : (
            <span className="tele-placeholder" />
          )}
        </div>
      ))}
    </div>
  )
})

/** Names a cell, for `aria-activedescendant`; row -1 is the head. */
export const cellId = (gridId: string, row: number, column: number): string => `${gridId}.${row}.${column}`
