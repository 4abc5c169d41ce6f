import type { ReactElement } from 'react'
import type { LegendItem } from '../../utils/charts/chartTypes'
import { whole } from '../../utils/format/formatCount'

/** Each series by shape, name and number; a press hides it or shows it again. */
export function ChartLegend(props: {
  readonly items: readonly LegendItem[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}): ReactElement {
  return (
    <ul className="tele-chart-legend" aria-label="Legend">
      {props.items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            className="tele-chart-key"
            aria-pressed={!props.hidden.has(item.id)}
            onClick={() => props.onToggle(item.id)}
          >
            <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
              <LegendSign sign={item.sign} />
            </svg>
            <span className="tele-chart-key-name">{item.name}</span>
            {item.n !== undefined && <span className="tele-muted tele-figure">{whole(item.n)}</span>}
          </button>
        </li>
      ))}
    </ul>
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
