import type { ChartTarget, TipRow } from './chartTypes'
import type { TracePlace } from './traceLine'

/** A line of a trace chart, in parts where it breaks. The name says whose it is, where there may be several. */
export interface PlacedTrace {
  readonly id: string
  readonly name?: string | undefined
  readonly series: number
  readonly parts: readonly (readonly TracePlace[])[]
}
/** How a trace chart says its times and values. */
export interface TraceText {
  readonly time: (at: number) => string
  readonly value: (value: number) => string
  /** What is read, after a value that stands alone. */
  readonly what: string
}

/** Moments nearer to each other are not told apart, px. */
const STEP_PX = 3

/**
 * What can be pointed at, from left to right: each reading of a line without a name; of lines with names the moments at which one was
 * read, each with what every line says then.
 */
export function traceTargets(lines: readonly PlacedTrace[], text: TraceText): readonly ChartTarget[] {
  const [only] = lines
  if (only && only.name === undefined) return only.parts.flat().map((place) => readingOf(place, text))
  return momentsOf(lines).map((place) => momentOf(lines, place, text))
}

const readingOf = ({ at, value, x, y }: TracePlace, text: TraceText): ChartTarget => ({
  id: String(at),
  x,
  y,
  tip: () => ({ title: text.time(at), value: `${text.value(value)} ${text.what}` }),
})

function momentOf(lines: readonly PlacedTrace[], { at, x }: TracePlace, text: TraceText): ChartTarget {
  const found = lines.map((line) => ({ line, place: placeAt(line.parts, x) }))
  const marks = found.flatMap(({ place }) => place ?? [])
  const rows = found.map(({ line, place }): TipRow => {
    const said = place ? text.value(place.value) : silenceAt(line.parts, x)
    return { id: line.id, series: line.series, name: line.name ?? '', text: said }
  })
  return {
    id: String(at),
    x,
    y: marks[0]?.y ?? 0,
    marks: marks.map((mark) => ({ x, y: mark.y })),
    tip: () => ({
      title: text.time(at),
      value: rows.map((row) => `${row.name}: ${row.text}`).join(', '),
      rows,
    }),
  }
}

function momentsOf(lines: readonly PlacedTrace[]): readonly TracePlace[] {
  const all = lines.flatMap(({ parts }) => parts.flat()).sort((a, b) => a.x - b.x)
  const kept: TracePlace[] = []
  for (const place of all) {
    const last = kept.at(-1)
    if (!last || place.x - last.x >= STEP_PX) kept.push(place)
  }
  return kept
}

/** What a line says at a place: its nearest reading there; undefined where it is broken, or over. */
function placeAt(parts: PlacedTrace['parts'], x: number): TracePlace | undefined {
  const part = parts.find((each) => startOf(each) - STEP_PX < x && x < endOf(each) + STEP_PX)
  return part?.reduce((nearest, place) => (Math.abs(place.x - x) < Math.abs(nearest.x - x) ? place : nearest))
}

const silenceAt = (parts: PlacedTrace['parts'], x: number): string => {
  const last = parts.at(-1)
  return last && x > endOf(last) ? 'no more readings' : 'not measured'
}

const startOf = (part: readonly TracePlace[]): number => part[0]?.x ?? Infinity
const endOf = (part: readonly TracePlace[]): number => part.at(-1)?.x ?? -Infinity
