import { useMemo, type ReactElement } from 'react'
import type { RatesChart } from '../../types'
import type { ChartTarget } from '../../utils/charts/chartTypes'
import { columnsIn, layOutRates, type RatesLayout } from '../../utils/charts/ratesLayout'
import { shapeRates } from '../../utils/charts/ratesShape'
import { ratesTargets } from '../../utils/charts/ratesTargets'
import { dayLabel } from '../../utils/charts/ratesWords'
import { count } from '../../utils/format/formatCount'
import { THIN } from '../../utils/format/formatDuration'
import type { PickValue } from '../filter/FilterValue'
import { PlotFrame } from './PlotFrame'
import { PlotSurface } from './PlotSurface'
import { RatesLayer } from './RatesLayer'

/** A whole row, a whole column is its group's. */
const WEIGHTS = { rows: { x: 0, y: 1 }, columns: { x: 1, y: 0 } } as const
const SHARES: readonly number[] = [0, 0.25, 0.5, 0.75, 1]
/** Room for a day's name. */
const TICK_PX = 56

/** The drawing of rates, 0 to 100 %: a list of groups, or days side by side. */
export function RatesPlot(props: {
  readonly chart: RatesChart
  readonly isUnfolded: boolean
  readonly rows: number | undefined
  readonly width: number
  readonly height: number
  readonly hidden: ReadonlySet<string>
  readonly name: string
  readonly onFilterValue: PickValue | undefined
}): ReactElement {
  const { chart, isUnfolded, width, height, hidden, rows, onFilterValue } = props
  const shape = useMemo(
    () => shapeRates(chart, isUnfolded, columnsIn(width), rows),
    [chart, isUnfolded, width, rows],
  )
  const layout = useMemo(() => layOutRates(shape, width, height), [shape, width, height])
  const targets = useMemo(() => ratesTargets(layout, chart.by), [layout, chart.by])
  return (
    <>
      <PlotSurface
        name={props.name}
        width={width}
        area={{ left: 0, top: layout.box.top, width, height: layout.box.height }}
        targets={targets}
        weights={WEIGHTS[layout.layout]}
        hint="filters by it, with Alt leaves it out"
        {...(onFilterValue && {
          onOpen: ({ value }: ChartTarget, isAlt: boolean) =>
            value && onFilterValue(value.field, value.value, isAlt),
        })}
      >
        <PlotFrame
          width={width}
          height={layout.height}
          box={layout.box}
          {...axesOf(layout)}
          over={<RatesLayer layout={layout} hidden={hidden} />}
        />
      </PlotSurface>
      {shape.folded > 0 && (
        <p className="tele-chart-folded">
          {layout.layout === 'rows'
            ? `${count(shape.folded, 'smaller group')} folded away; all are in the table.`
            : `${count(shape.folded, 'earlier day')} left out; all are in the table.`}
        </p>
      )}
    </>
  )
}

const percentTick = (share: number): string => `${Math.round(100 * share)}${THIN}%`

function axesOf({ layout, bands, box }: RatesLayout) {
  const shares = { domain: [0, 1] as const, ticks: SHARES, text: percentTick }
  if (layout === 'rows') return { x: shares, isVertical: true }
  const every = Math.max(1, Math.ceil(bands.length / Math.max(2, Math.floor(box.width / TICK_PX))))
  return {
    x: {
      domain: [0, Math.max(1, bands.length)] as const,
      ticks: bands.flatMap((_, i) => (i % every === 0 ? [i + 0.5] : [])),
      text: (place: number) => dayLabel(bands[Math.floor(place)]?.group.key ?? ''),
    },
    y: shares,
  }
}
