/** Half the width of a 95 % interval, in estimated standard errors, with so many degrees of freedom, a whole number above 0. */
export function studentT95(degrees: number): number {
  let [low, high] = [1, 13]
  while (high - low > RESOLUTION) {
    const middle = (low + high) / 2
    if (within(middle, degrees) < 0.95) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const RESOLUTION = 1e-12

/** P(|T| ≤ t) as a finite series (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function within(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const isOdd = degrees % 2 === 1
  let term = isOdd ? Math.cos(angle) : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * Math.cos(angle) ** 2
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}
