import { useState } from 'react'

/** These values, each where it was first seen; what was seen and is not among them any more keeps its place. Undefined: not known yet. What comes and goes with every letter must not be among them. */
export function useSteadyOrder(values: readonly string[] | undefined): readonly string[] | undefined {
  const [seen, setSeen] = useState<ReadonlySet<string>>(NONE)
  const isMore = values?.some((value) => !seen.has(value)) ?? false
  const all = isMore ? new Set([...seen, ...(values ?? [])]) : seen
  if (isMore) setSeen(all)
  return values && [...all]
}

const NONE: ReadonlySet<string> = new Set()
