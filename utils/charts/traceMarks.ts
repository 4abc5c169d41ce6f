import type { PlacedTrace } from './traceTargets'

interface Place {
  readonly x: number
  readonly y: number
}
/** A line's short name at its end, px. */
export interface EndName extends Place {
  readonly id: string
  readonly text: string
}

/** Between two signs of a line, px. */
const APART_PX = 96
/** How far lines that run together set off their signs, px. */
const STAGGER_PX = 16
const NAME_PX = { width: 14, height: 12 }

/** Where a line bears its series' sign: so often that dash and colour aren't needed, and beside those of other series. */
export function signPlaces({ series, parts }: PlacedTrace): readonly Place[] {
  const places: Place[] = []
  let next = ((series - 1) * STAGGER_PX) % APART_PX
  const from = parts[0]?.[0]?.x ?? 0
  for (const place of parts.flat()) {
    if (place.x - from < next) continue
    places.push(place)
    next = place.x - from + APART_PX
  }
  return places
}

/** The short names of lines where these end, none over another nor below `bottom`: beside the end, or else as near above or below it as there is room. */
export function endNames(
  lines: readonly (PlacedTrace & { readonly short?: string | undefined })[],
  bottom: number,
): readonly EndName[] {
  const ends = lines.flatMap(({ id, short, parts }) => {
    const end = parts.at(-1)?.at(-1)
    return end && short !== undefined ? [{ id, text: short, x: end.x, y: end.y }] : []
  })
  const placed: EndName[] = []
  for (const end of ends.toSorted((a, b) => a.y - b.y)) placed.push({ ...end, y: freeY(end, placed, bottom) })
  return placed
}

function freeY({ x, y }: Place, placed: readonly EndName[], bottom: number): number {
  const near = placed.filter((each) => Math.abs(each.x - x) < NAME_PX.width)
  const isFree = (at: number): boolean =>
    at <= bottom && near.every((each) => Math.abs(each.y - at) >= NAME_PX.height)
  // Each that is near blocks two places at most.
  const steps = Array.from({ length: 2 * near.length + 1 }, (_, i) => i * NAME_PX.height)
  return steps.flatMap((step) => [y + step, y - step]).find(isFree) ?? y
}
