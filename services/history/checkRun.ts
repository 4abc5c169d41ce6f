import type { HistoricalRun, Result } from '../../types'
import { historicalRunSchema } from '../wire/historicalRun'
import { parseWith } from '../wire/parse'

/**
 * Checks a run against the one schema of saving and importing, so that all that is saved can be exported and read again. Unknown
 * members are dropped. The error is a sentence.
 */
export function checkRun(run: unknown): Result<HistoricalRun, string> {
  const checked = parseWith(historicalRunSchema, withoutUndefined(run, MAX_DEPTH))
  if (checked.ok) return checked
  return { ok: false, error: `This is no run that can be saved. ${checked.error}` }
}

/** Levels of a run: its scenes, their attempts, what these tell, and lists of it. */
const MAX_DEPTH = 8

/**
 * Drops members that are undefined: to a host they are absent. Deeper values, and values without such members, are returned as they
 * are.
 */
function withoutUndefined(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null || levels === 0) return value
  if (Array.isArray(value)) {
    const entries = value.map((entry) => withoutUndefined(entry, levels - 1))
    return entries.every((entry, index) => entry === value[index]) ? value : entries
  }
  const members: [string, unknown][] = []
  let isSame = true
  for (const [name, member] of Object.entries(value)) {
    const kept = withoutUndefined(member, levels - 1)
    isSame &&= kept !== undefined && kept === member
    if (kept !== undefined) members.push([name, kept])
  }
  return isSame ? value : Object.fromEntries(members)
}
