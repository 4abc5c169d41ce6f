import { useMemo, type ReactElement } from 'react'
import type { RatesChart, RunGroup } from '../../types'
import { columnsIn, layOutRates, type RatesLayout } from '../../utils/charts/ratesLayout'
import { shapeRates } from '../../utils/charts/ratesShape'
import { groupTip } from '../../utils/charts/ratesWords'
import { count } from '../../utils/format/formatCount'
import { THIN } from '../../utils/format/thin'
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
  readonly width: number
  readonly height: number
  readonly hidden: ReadonlySet<string>
  readonly name: string
  onPickGroup?: ((group: RunGroup, isExcluded: boolean) => void) | undefined
}): ReactElement {
  const { chart, isUnfolded, width, height, hidden, onPickGroup } = props
  const shape = useMemo(() => shapeRates(chart, isUnfolded, columnsIn(width)), [chart, isUnfolded, width])
  const layout = useMemo(() => layOutRates(shape, width, height), [shape, width, height])
  const targets = useMemo(() => targetsOf(layout), [layout])
  const groups = new Map(shape.groups.map((group) => [group.key, group]))
  return (
    <>
      <PlotSurface
        name={props.name}
        width={width}
        area={{ left: 0, top: layout.box.top, width, height: layout.box.height }}
        targets={targets}
        weights={WEIGHTS[layout.layout]}
        hint="filters by it, with Alt leaves it out"
        {...(onPickGroup
          ? {
              onOpen: ({ id }: { readonly id: string }, isAlt: boolean) => {
                const group = groups.get(id)
                if (group) onPickGroup(group, isAlt)
              },
            }
          : {})}
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
      text: (place: number) => bands[Math.floor(place)]?.group.label ?? '',
    },
    y: shares,
  }
}

const targetsOf = ({ layout, bands }: RatesLayout) =>
  bands.map(({ group, x, y, width, height, bars }) => ({
    id: group.key,
    x: layout === 'rows' ? (bars[0]?.x ?? 0) + (bars[0]?.width ?? 0) : x + width / 2,
    y: layout === 'rows' ? y + height / 2 : (bars[0]?.y ?? 0),
    tip: () => groupTip(group),
  }))
