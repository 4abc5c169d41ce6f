/**
 * The place of the first value that passes, by binary search; the length if none does. All that pass must stand after all that
 * don't.
 */
export function bisect(values: ArrayLike<number>, isPast: (value: number) => boolean): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isPast(values[middle] ?? Infinity)) high = middle
    else low = middle + 1
  }
  return low
}
