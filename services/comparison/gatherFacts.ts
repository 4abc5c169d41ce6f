import type { FactName, TrendFacts } from './differingFacts'

/** A fact as one scene tells it; what is no text is not known. */
export type ToldFact = readonly [name: Exclude<FactName, 'policy'>, value: unknown]

/** What a run's scenes tell, of each fact what occurs once, sorted. `policy` is canonical JSON. */
export function gatherFacts(told: Iterable<ToldFact>, policy: string | undefined): TrendFacts {
  const found = new Map<FactName, Set<string>>()
  for (const [name, value] of told)
    if (typeof value === 'string') found.set(name, (found.get(name) ?? new Set()).add(value))
  const facts: Partial<Record<FactName, string>> = policy === undefined ? {} : { policy }
  for (const [name, values] of found) facts[name] = [...values].sort().join('\n')
  return facts
}
