import type { ReactElement } from 'react'
import type { LegendItem } from '../../utils/charts/chartTypes'
import { count, whole } from '../../utils/format/formatCount'
import { FilterValue, type PickValue } from '../filter/FilterValue'

/** Each series by shape, name and number; a press hides it or shows it again. A name that a filter finds is a button of its own. */
export function ChartLegend(props: {
  readonly items: readonly LegendItem[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly onFilterValue: PickValue | undefined
}): ReactElement {
  const { items, hidden, onToggle, onFilterValue } = props
  return (
    <ul className="tele-chart-legend" aria-label="Legend">
      {items.map((item) => (
        <Entry
          key={item.id}
          item={item}
          isShown={!hidden.has(item.id)}
          onToggle={() => onToggle(item.id)}
          onFilterValue={onFilterValue}
        />
      ))}
    </ul>
  )
}

function Entry(props: {
  readonly item: LegendItem
  readonly isShown: boolean
  readonly onToggle: () => void
  readonly onFilterValue: PickValue | undefined
}): ReactElement {
  const { item, isShown, onToggle, onFilterValue } = props
  const { name, value, n, unit } = item
  const isPicked = value !== undefined && onFilterValue !== undefined
  const figure = n !== undefined && (
    <span className="tele-muted tele-figure">{unit === undefined ? whole(n) : count(n, unit)}</span>
  )
  return (
    <li className="tele-chart-entry">
      <button
        type="button"
        className="tele-chart-key"
        aria-pressed={isShown}
        aria-label={isPicked ? `Show ${name}` : undefined}
        onClick={onToggle}
      >
        <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
          <LegendSign sign={item.sign} />
        </svg>
        {!isPicked && <span className="tele-chart-key-name">{name}</span>}
        {!isPicked && figure}
      </button>
      {isPicked && <FilterValue {...value} label={name} className="tele-chart-name" onPick={onFilterValue} />}
      {isPicked && figure}
    </li>
  )
}

function LegendSign({ sign }: Pick<LegendItem, 'sign'>): ReactElement {
  return (
    <path
      d={sign.path}
      fill={sign.fill ?? 'none'}
      fillOpacity={sign.fillOpacity}
      stroke={sign.stroke ?? 'none'}
      strokeWidth={sign.strokeWidth}
    />
  )
}
