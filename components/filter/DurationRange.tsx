import { useLayoutEffect, useRef, useState, type ReactElement } from 'react'
import type { Facets, TelemetryFilter } from '../../types'
import { durationAt, placeOf, readDuration, writeDuration } from '../../utils/filter/durationScale'
import { formatDuration } from '../../utils/format/formatDuration'
import { BoundField } from './BoundField'
import { RangeThumb } from './RangeThumb'
import './fields.css'
import './DurationRange.css'

type Range = NonNullable<TelemetryFilter['duration']>

/** How long scenes took: a histogram of runs with two thumbs, and a field for each of them. */
export function DurationRange(props: {
  readonly value: Range
  readonly bars: Facets['duration']
  readonly onChange: (range: Range) => void
}): ReactElement {
  const { value, bars, onChange } = props
  const set = (bound: 'min' | 'max', ms: number | undefined): void => onChange(withBound(value, bound, ms))
  return (
    <div className="tele-filter-durations">
      {bars.length > 0 ? (
        <Histogram {...props} />
      ) : (
        <p className="tele-muted tele-filter-none">No durations measured</p>
      )}
      <div className="tele-filter-pair">
        {BOUNDS.map(({ bound, label, placeholder }) => (
          <BoundField
            key={bound}
            label={label}
            placeholder={placeholder}
            expected="A time such as 90s or 5m."
            value={value[bound]}
            read={readDuration}
            write={writeDuration}
            onChange={(ms) => set(bound, ms)}
          />
        ))}
      </div>
    </div>
  )
}

const BOUNDS = [
  { bound: 'min', label: 'At least', placeholder: '90s' },
  { bound: 'max', label: 'At most', placeholder: '5m' },
] as const

/** The thumbs are a draft until they are let go of. */
function Histogram(props: Parameters<typeof DurationRange>[0]): ReactElement {
  const { value, onChange } = props
  const { bars, places, move, end, drop } = useDraft(value, props.bars)
  const [low, high] = places
  const size = bars.length
  const done = (): void => {
    const [from, to] = end()
    const min = from <= 0 ? undefined : durationAt(bars, from)
    const max = to >= size ? undefined : durationAt(bars, to)
    if (min === value.min && max === value.max) drop()
    else onChange(rangeOf(min, max))
  }
  const most = Math.max(...bars.map(({ count }) => count))
  return (
    <div className="tele-range">
      <div className="tele-range-bars" aria-hidden="true">
        {bars.map(({ from, to, count }, index) => (
          <span
            key={from}
            title={`${formatDuration(from)} to ${formatDuration(to)}: ${count}`}
            data-in={index + 1 > low && index < high ? '' : undefined}
            style={{ blockSize: `${count === 0 ? 0 : Math.max(4, (100 * count) / most)}%` }}
          />
        ))}
      </div>
      <div className="tele-range-track">
        <span
          className="tele-range-fill"
          style={{
            insetInlineStart: `${(100 * low) / size}%`,
            inlineSize: `${(100 * (high - low)) / size}%`,
          }}
        />
        <RangeThumb
          label="Shortest duration"
          place={low}
          size={size}
          ms={durationAt(bars, low)}
          isOpen={low <= 0}
          onMove={(place) => move(0, place)}
          onDone={done}
        />
        <RangeThumb
          label="Longest duration"
          place={high}
          size={size}
          ms={durationAt(bars, high)}
          isOpen={high >= size}
          onMove={(place) => move(1, place)}
          onDone={done}
        />
      </div>
      <p className="tele-range-ends tele-figure" aria-hidden="true">
        <span>{formatDuration(low <= 0 ? (bars[0]?.from ?? 0) : durationAt(bars, low))}</span>
        <span>{formatDuration(high >= size ? (bars.at(-1)?.to ?? 0) : durationAt(bars, high))}</span>
      </p>
    </div>
  )
}

type Places = readonly [low: number, high: number]
type Bars = Facets['duration']

/** Where the thumbs stand: on the newest bars, and from a move on, until another range is asked for, on those they were moved over. */
function useDraft(
  value: Range,
  newest: Bars,
): {
  readonly bars: Bars
  readonly places: Places
  readonly move: (index: 0 | 1, place: number) => void
  /** Where they were let go of. */
  readonly end: () => Places
  /** Back to the range that is asked for. */
  readonly drop: () => void
} {
  const of = JSON.stringify(value)
  const [draft, setDraft] = useState<{
    readonly of: string
    readonly places: Places
    readonly bars: Bars
  } | null>(null)
  if (draft && draft.of !== of) setDraft(null)
  const bars = draft?.bars ?? newest
  const places: Places = draft?.places ?? [
    value.min === undefined ? 0 : placeOf(bars, value.min),
    value.max === undefined ? bars.length : placeOf(bars, value.max),
  ]
  // They may be let go of before their last move is rendered.
  const latest = useRef(places)
  useLayoutEffect(() => {
    latest.current = places
  })
  const move = (index: 0 | 1, place: number): void => {
    const [low, high] = latest.current
    latest.current = index === 0 ? [Math.min(place, high), high] : [low, Math.max(place, low)]
    setDraft({ of, places: latest.current, bars })
  }
  return { bars, places, move, end: () => latest.current, drop: () => setDraft(null) }
}

const rangeOf = (min: number | undefined, max: number | undefined): Range => ({
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
})

function withBound({ min, max }: Range, bound: 'min' | 'max', value: number | undefined): Range {
  return bound === 'min' ? rangeOf(value, max) : rangeOf(min, value)
}
