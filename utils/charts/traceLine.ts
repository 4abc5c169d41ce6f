import type { Scale, Span } from './scale'

/** A reading where it is drawn, px. */
export interface TracePlace {
  readonly at: number
  readonly value: number
  readonly x: number
  readonly y: number
}

/** The readings of one field within `domain` as lines, broken where the field is null. No line is empty. */
export function traceLine<F extends string>(
  points: readonly ({ readonly at: number } & Readonly<Record<F, number | null>>)[],
  field: F,
  domain: Span,
  x: Scale,
  y: Scale,
): readonly (readonly TracePlace[])[] {
  const parts: TracePlace[][] = [[]]
  for (const point of points) {
    const { at } = point
    const value = point[field]
    if (at < domain[0] || at > domain[1]) continue
    if (value === null) parts.push([])
    else parts.at(-1)?.push({ at, value, x: x(at), y: y(value) })
  }
  return parts.filter((part) => part.length > 0)
}
