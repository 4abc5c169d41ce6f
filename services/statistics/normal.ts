/** Half the width of a 95 % interval, in standard errors. */
export const Z95 = 1.959963984540054

/** Φ(z), to 14 digits: by its power series near the middle, by the continued fraction of Mills' ratio in the tails. */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z)
  return z > SERIES_UP_TO ? 0.5 + density(z) * series(z) : density(z) / millsDenominator(-z)
}

const SERIES_UP_TO = -2.5
const TERMS = 200

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** z + z³/3 + z⁵/(3·5) + … (Abramowitz and Stegun 26.2.11). */
function series(z: number): number {
  let term = z
  let sum = z
  for (let k = 1; k < TERMS && Math.abs(term) > Number.EPSILON * Math.abs(sum); k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return sum
}

/** z + 1/(z + 2/(z + 3/(z + …))) (Abramowitz and Stegun 26.2.14), from its end. */
function millsDenominator(z: number): number {
  let fraction = z
  for (let k = TERMS; k >= 1; k--) fraction = z + k / fraction
  return fraction
}
