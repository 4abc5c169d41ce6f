/**
 * At most `most` points of a series in the order of time: of every bucket the least and the greatest, so that no spike is lost.
 * The first and the last stay.
 */
export function thinExtremes<T extends { readonly value: number }>(
  points: readonly T[],
  most: number,
): readonly T[] {
  if (points.length <= most) return points
  const buckets = Math.max(1, Math.floor(most / 2))
  const kept: T[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * points.length) / buckets)
    const to = Math.floor(((bucket + 1) * points.length) / buckets)
    kept.push(...extremesOf(points, from, to))
  }
  return kept
}

/** The least and the greatest of a stretch, in their order; one, if they are the same. */
function extremesOf<T extends { readonly value: number }>(
  points: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  let least = from
  let greatest = from
  for (let at = from; at < to; at++) {
    if ((points[at]?.value ?? 0) < (points[least]?.value ?? 0)) least = at
    if ((points[at]?.value ?? 0) > (points[greatest]?.value ?? 0)) greatest = at
  }
  const [first, second] = least < greatest ? [least, greatest] : [greatest, least]
  return first === second
    ? points.slice(first, first + 1)
    : [points[first], points[second]].flatMap((point) => point ?? [])
}

/** At most `most` of a list, as evenly as they come; the first and the last stay. */
export function thinEvenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list
  const step = (list.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, index) => list[Math.round(index * step)]).flatMap(
    (item) => item ?? [],
  )
}
