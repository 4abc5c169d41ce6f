/**
 * The value below which this share (0–1) of ascending values lies, interpolated between neighbours (type 7 of Hyndman and Fan 1996,
 * numpy's default). Absent where there are none.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number | undefined {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) return undefined
  return below + (above - below) * (place - Math.floor(place))
}

/** The same of values in any order, which stay as they are. */
export const quantile = (values: ArrayLike<number>, share: number): number | undefined =>
  quantileOfSorted(Float64Array.from(values).sort(), share)
