/** One path of many equal marks: hundreds of elements would cost what a chart costs. `mark` is relative. */
export const marksPath = (
  places: readonly { readonly x: number; readonly y: number }[],
  mark: string,
): string => places.map(({ x, y }) => `M${round(x)},${round(y)}${mark}`).join('')

/** A line through places, px. */
export const linePath = (places: readonly { readonly x: number; readonly y: number }[]): string =>
  places.length === 0 ? '' : `M${places.map(({ x, y }) => `${round(x)},${round(y)}`).join('L')}`

/** The area between two lines, px; of a single place an upright stroke. */
export function areaPath(
  places: readonly { readonly x: number; readonly low: number; readonly high: number }[],
): string {
  const [first] = places
  if (!first) return ''
  if (places.length === 1) return `M${round(first.x)},${round(first.low)}V${round(first.high)}`
  const upper = places.map(({ x, high }) => `${round(x)},${round(high)}`)
  const lower = places.toReversed().map(({ x, low }) => `${round(x)},${round(low)}`)
  return `M${[...upper, ...lower].join('L')}Z`
}

const round = (value: number): number => Math.round(value * 10) / 10
