/** From a value to its place in pixels, and back. */
export interface Scale {
  (value: number): number
  invert(pixel: number): number
}
export type Span = readonly [from: number, to: number]

/** A domain of no width lands in the middle. */
export const linearScale = (domain: Span, range: Span): Scale =>
  scaleBy(
    domain,
    range,
    (value) => value,
    (value) => value,
  )

/** Both ends of the domain must be greater than 0; what isn't lands at the lower end. */
export const logScale = (domain: Span, range: Span): Scale =>
  scaleBy(domain, range, (value) => Math.log(Math.max(value, domain[0])), Math.exp)

function scaleBy(
  domain: Span,
  [start, end]: Span,
  forward: (value: number) => number,
  back: (value: number) => number,
): Scale {
  const [from, to] = [forward(domain[0]), forward(domain[1])]
  const width = to - from
  const place = (value: number): number =>
    width === 0 ? (start + end) / 2 : start + ((forward(value) - from) / width) * (end - start)
  const invert = (pixel: number): number => back(from + ((pixel - start) / (end - start)) * width)
  return Object.assign(place, { invert })
}
