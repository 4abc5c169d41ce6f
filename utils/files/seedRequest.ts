import type { SeedRequest } from '../../services/seed/fillHistory'

/** More than a browser is likely to hold is a typing error. */
const MAX_RUNS = 1_000_000

/**
 * What `npm run seed` asks for: `#/settings/storage?seed=100000-1`, the number of runs and, if it isn't 1, the seed. One member only:
 * an ampersand would end the address where Windows' shell opens it. Undefined when it asks for nothing that can be done.
 */
export function seedRequestOf(query: URLSearchParams): SeedRequest | undefined {
  const [, runs, seed = '1'] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(query.get('seed') ?? '') ?? []
  const count = Number(runs ?? 0)
  return count >= 1 && count <= MAX_RUNS ? { count, seed: Number(seed) } : undefined
}
