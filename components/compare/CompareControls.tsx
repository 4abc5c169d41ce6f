import type { ReactElement } from 'react'
import type { CompareView } from '../../utils/comparison/compareView'
import { RUN_ORDERS, type RunOrder } from '../../utils/comparison/orderRuns'

const ORDER_WORDS: Readonly<Record<RunOrder, string>> = {
  chosen: 'as chosen',
  newest: 'newest first',
  fastest: 'fastest first',
  success: 'most successful first',
}

/** What the runs are held against, in which order they stand, and whether what is equal is left out. */
export function CompareControls(props: {
  readonly view: CompareView
  readonly count: number
  readonly onView: (change: Partial<CompareView>) => void
  readonly onBase: (base: string) => void
}): ReactElement {
  const { view, count, onView, onBase } = props
  const [first = ''] = view.runs
  return (
    <div className="tele-compare-controls">
      {count > 1 && (
        <>
          <label>
            Held against{' '}
            <select
              value={view.base === 'auto' ? 'auto' : 'run'}
              onChange={(event) => onBase(event.target.value === 'auto' ? 'auto' : first)}
            >
              <option value="run">the base</option>
              <option value="auto">earlier runs like each</option>
            </select>
          </label>
          <label>
            Order{' '}
            <select
              value={view.order}
              onChange={(event) =>
                onView({ order: RUN_ORDERS.find((each) => each === event.target.value) ?? 'chosen' })
              }
            >
              {RUN_ORDERS.map((each) => (
                <option key={each} value={each}>
                  {view.base === 'auto' ? ORDER_WORDS[each] : `the base, then ${ORDER_WORDS[each]}`}
                </option>
              ))}
            </select>
          </label>
          <label className="tele-compare-only">
            <input
              type="checkbox"
              checked={view.onlyDifferences}
              onChange={(event) => onView({ onlyDifferences: event.target.checked })}
            />
            Only differences
          </label>
        </>
      )}
      <a href="#/history">{count === 1 ? 'Choose runs to compare' : 'Choose other runs'}</a>
    </div>
  )
}
