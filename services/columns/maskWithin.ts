/** 1 where a value is at least `from` and below `to` (or `to` itself, if inclusive); absent (NaN) is within nothing. Undefined: none is. */
export function maskWithin(
  column: Float64Array,
  from: number,
  to: number,
  isInclusive: boolean,
): Uint8Array | undefined {
  const mask = new Uint8Array(column.length)
  let some = 0
  for (let at = 0; at < mask.length; at++) {
    const value = column[at] ?? Number.NaN
    const is = Number(value >= from && (value < to || (isInclusive && value === to)))
    mask[at] = is
    some |= is
  }
  return some === 0 ? undefined : mask
}
