import type { Random } from '../shared/createRandom'

/** One of a list that is not empty. */
export function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[Math.floor(random.next() * from.length)]
  if (picked === undefined) throw new Error('There is nothing to pick from.')
  return picked
}

export const chance = (share: number, random: Random): boolean => random.next() < share

/** Standard normal, by Box and Muller. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
