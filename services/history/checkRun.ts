import type { HistoricalRun, Result } from '../../types'
import { historicalRunSchema } from '../wire/historicalRun'
import { parseWith } from '../wire/parse'

/**
 * A run as it may be saved, which is what an import may bring, so that all that is saved can be exported and read again: members that
 * no run has are left out. The error is a sentence.
 */
export function checkRun(run: unknown): Result<HistoricalRun, string> {
  const checked = parseWith(historicalRunSchema, withoutUndefined(run, MAX_DEPTH))
  if (checked.ok) return checked
  return { ok: false, error: `This is no run that can be saved. ${checked.error}` }
}

/** Levels of a run: its scenes, their attempts, what these tell, and lists of it. */
const MAX_DEPTH = 8

/** Hosts need not know that what is absent is left out. Deeper ones are let be: nothing of a run is there. */
function withoutUndefined(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null || levels === 0) return value
  if (Array.isArray(value)) return value.map((entry) => withoutUndefined(entry, levels - 1))
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUndefined(member, levels - 1)]))
}
