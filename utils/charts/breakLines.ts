/** A silence is a hole when it is as long as this many usual distances… */
const TIMES_USUAL = 10
/** …and as this share of all that is shown. */
const SHARE_OF_ALL = 0.08

/** Times between which nothing was measured: a line across them would say what nobody knows. */
export interface Hole {
  readonly from: number
  readonly to: number
}

/** Long silences between neighbours in time. `times` ascend, epoch ms. */
export function findHoles(times: readonly number[]): readonly Hole[] {
  const steps = times.slice(1).map((at, i) => at - (times[i] ?? at))
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  const least = Math.max(usual * TIMES_USUAL, ((times.at(-1) ?? 0) - (times[0] ?? 0)) * SHARE_OF_ALL)
  return steps.flatMap((step, i) => {
    const from = times[i]
    return from !== undefined && step > least ? [{ from, to: from + step }] : []
  })
}

/** Cuts a line wherever one of `breaks` (ascending) lies between two of its points. No part is empty. */
export function breakLine<P extends { readonly at: number }>(
  points: readonly P[],
  breaks: readonly number[],
): readonly (readonly P[])[] {
  const parts: P[][] = []
  let next = 0
  for (const point of points) {
    const before = parts.at(-1)?.at(-1)
    while (next < breaks.length && (breaks[next] ?? 0) <= (before?.at ?? point.at)) next++
    const isCut = before !== undefined && next < breaks.length && (breaks[next] ?? 0) < point.at
    if (before === undefined || isCut) parts.push([point])
    else parts.at(-1)?.push(point)
  }
  return parts
}
