import type { ReactElement } from 'react'
import { COUNTED_PX, type RateBand, type RateBar, type RatesLayout } from '../../utils/charts/ratesLayout'
import { formatRate } from '../../utils/charts/ratesWords'
import { whole } from '../../utils/format/formatCount'
import { shortName } from '../../utils/format/shortName'

interface LayerProps {
  readonly layout: RatesLayout
  readonly hidden: ReadonlySet<string>
}

/** The bars with their intervals, and in a list each group's name and figures. */
export function RatesLayer({ layout, hidden }: LayerProps): ReactElement {
  return (
    <g aria-hidden="true">
      {layout.bands.map((band) => (
        <g key={band.group.key}>
          {band.bars
            .filter(({ kind }) => !hidden.has(kind))
            .map((bar) => (
              <Bar key={bar.kind} bar={bar} layout={layout} />
            ))}
          {layout.layout === 'rows' && <RowText band={band} layout={layout} />}
          {layout.layout === 'columns' && band.width >= COUNTED_PX && (
            <ColumnText band={band} layout={layout} />
          )}
        </g>
      ))}
    </g>
  )
}

const PAINT = {
  success: { fill: 'var(--tele-completed)', fillOpacity: 0.8 },
  timeout: { fill: 'var(--tele-timeout)', fillOpacity: 0.12, stroke: 'var(--tele-timeout)' },
} as const

function Bar({ bar, layout }: { readonly bar: RateBar; readonly layout: RatesLayout }): ReactElement | null {
  const { kind, rate, x, y, width, height } = bar
  if (rate.of === 0) return null
  return (
    <>
      <rect x={x} y={y} width={Math.max(0, width)} height={Math.max(0, height)} {...PAINT[kind]} />
      <path d={whisker(bar, layout)} fill="none" stroke="var(--tele-surface)" strokeWidth={3.5} />
      <path d={whisker(bar, layout)} fill="none" stroke="var(--tele-text)" strokeWidth={1.5} />
    </>
  )
}

const CAP = 4

/** From the lower to the upper end of the interval, with a cap at both. */
function whisker({ rate, x, y, width, height }: RateBar, { layout, share }: RatesLayout): string {
  const [low, high] = [share(rate.low), share(rate.high)]
  if (layout === 'rows') {
    const middle = y + height / 2
    return `M${low},${middle - CAP}v${2 * CAP}M${low},${middle}H${high}M${high},${middle - CAP}v${2 * CAP}`
  }
  const middle = x + width / 2
  const cap = Math.min(CAP, width / 2)
  return `M${middle - cap},${low}h${2 * cap}M${middle},${low}V${high}M${middle - cap},${high}h${2 * cap}`
}

function RowText({ band, layout }: { readonly band: RateBand; readonly layout: RatesLayout }): ReactElement {
  const { group, y, height } = band
  const { box, isNarrow, width, nameLength } = layout
  const name = shortName(group.label)
  const middle = isNarrow ? y + 17 : y + height / 2 + 4
  return (
    <>
      <text x={isNarrow ? box.left : 0} y={middle} fontSize={13} fill="var(--tele-text)">
        <title>{name}</title>
        {name.length > nameLength ? `${name.slice(0, nameLength - 1)}…` : name}
      </text>
      <text
        x={isNarrow ? box.left + box.width : width}
        y={middle}
        textAnchor="end"
        fontSize={12}
        fill="var(--tele-muted)"
      >
        {formatRate(group.success)}
      </text>
    </>
  )
}

function ColumnText({
  band,
  layout,
}: {
  readonly band: RateBand
  readonly layout: RatesLayout
}): ReactElement {
  return (
    <text
      x={band.x + band.width / 2}
      y={layout.height - 4}
      textAnchor="middle"
      fontSize={12}
      fill="var(--tele-muted)"
    >
      n {whole(band.group.scenes)}
    </text>
  )
}
