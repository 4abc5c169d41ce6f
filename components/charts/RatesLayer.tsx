import type { ReactElement } from 'react'
import type { RateBand, RateBar, RatesLayout } from '../../utils/charts/ratesLayout'
import { formatRate } from '../../utils/charts/ratesWords'
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
      <path d={whisker(bar, layout)} fill="none" stroke="var(--tele-surface)" strokeWidth={4} />
      <path d={whisker(bar, layout)} fill="none" stroke="var(--tele-text)" strokeWidth={1.5} />
    </>
  )
}

const CAP = 3

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

const NAME_CHARACTERS = 24

function RowText({ band, layout }: { readonly band: RateBand; readonly layout: RatesLayout }): ReactElement {
  const { group, y, height } = band
  const { box, isNarrow, width } = layout
  const name = shortName(group.label)
  const middle = isNarrow ? y + 17 : y + height / 2 + 4
  return (
    <>
      <text x={isNarrow ? box.left : 0} y={middle} fontSize={13} fill="var(--tele-text)">
        <title>{name}</title>
        {name.length > NAME_CHARACTERS ? `${name.slice(0, NAME_CHARACTERS - 1)}…` : name}
      </text>
      <text
        x={isNarrow ? width - 12 : width}
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
