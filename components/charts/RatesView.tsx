import { useState, type ReactElement } from 'react'
import type { RatesChart } from '../../types'
import type { LegendItem } from '../../utils/charts/chartTypes'
import { isFoldable } from '../../utils/charts/ratesShape'
import { rateWords, ratesWords } from '../../utils/charts/ratesWords'
import { tableOf } from '../../utils/charts/tableOf'
import { count } from '../../utils/format/formatCount'
import { ChartCard } from './ChartCard'
import type { ChartViewProps } from './chartProps'
import { RatesPlot } from './RatesPlot'
import { useHiddenParts } from './useHiddenParts'

const LEGEND: readonly LegendItem[] = [
  {
    id: 'success',
    name: 'completed, with 95 % interval',
    sign: { path: 'M-8-3H4V3H-8z', fill: 'var(--tele-completed)' },
  },
  {
    id: 'timeout',
    name: 'timeout',
    sign: { path: 'M-8-3H4V3H-8z', fill: 'none', stroke: 'var(--tele-timeout)', strokeWidth: 1.5 },
  },
]

/** Success and timeout rates of groups of runs, each with its interval and what it is of. */
export function RatesView(props: ChartViewProps<RatesChart>): ReactElement {
  const { value, height } = props
  const { hidden, toggle } = useHiddenParts()
  const [isUnfolded, setUnfolded] = useState(false)
  const words = ratesWords(value)
  const foldable = value.by !== 'day' && isFoldable(value.groups.length, props.rows)
  return (
    <ChartCard
      words={{ ...words, ...(props.title === undefined ? {} : { title: props.title }) }}
      filterText={props.filterText}
      isSimulated={props.isSimulated}
      empty={
        value.groups.length === 0
          ? 'No run with an ended scene here. Widen the filter to see more runs.'
          : undefined
      }
      legend={LEGEND}
      hidden={hidden}
      onToggle={toggle}
      onFilterValue={props.onFilterValue}
      table={() => tableOf(value)}
      choice={props.onBy && <ByChoice by={value.by} onBy={props.onBy} />}
      tools={
        foldable && (
          <button
            type="button"
            className="tele-button tele-button-quiet"
            aria-expanded={isUnfolded}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            {isUnfolded ? 'Fewer' : `All ${count(value.groups.length, 'group')}`}
          </button>
        )
      }
      height={props.rows === undefined ? 0 : height}
      plot={(width) => (
        <RatesPlot
          chart={value}
          isUnfolded={isUnfolded}
          width={width}
          height={height}
          hidden={hidden}
          name={props.title ?? words.title}
          rows={props.rows}
          onFilterValue={props.onFilterValue}
        />
      )}
    />
  )
}

function ByChoice(props: {
  readonly by: RatesChart['by']
  readonly onBy: (by: RatesChart['by']) => void
}): ReactElement {
  return (
    <select
      aria-label="Grouped by"
      value={props.by}
      onChange={({ target }) => {
        const by = BY.find((each) => each === target.value)
        if (by) props.onBy(by)
      }}
    >
      {BY.map((by) => (
        <option key={by} value={by}>
          {rateWords[by].title}
        </option>
      ))}
    </select>
  )
}

const BY: readonly RatesChart['by'][] = ['gpuName', 'workflow', 'model', 'policy', 'day']
