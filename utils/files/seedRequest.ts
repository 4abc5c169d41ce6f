import type { SeedRequest } from '../../services/seed/fillHistory'

/** More than a browser is likely to hold is a typing error. */
const MAX_RUNS = 1_000_000

/** What `npm run seed` asks for: `#/settings/storage?seed=100000&random=1`. Undefined when it asks for nothing that can be done. */
export function seedRequestOf(query: URLSearchParams): SeedRequest | undefined {
  const count = wholeNumber(query.get('seed'))
  const seed = wholeNumber(query.get('random') ?? '1')
  if (count === undefined || seed === undefined || count < 1 || count > MAX_RUNS) return undefined
  return { count, seed }
}

const wholeNumber = (text: string | null): number | undefined =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined
