import type { HistoricalRun, OnConflict } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { mergeRun, normalizeRun } from './mergeRun'

/** What becomes of a run that is saved, and what is to be written then. */
export interface SaveOutcome {
  readonly is: 'added' | 'same' | 'merged' | 'conflicting'
  /** Absent where what is stored stays. */
  readonly write?: HistoricalRun
}

/** `before` is what the history shows of the run; undefined if nothing. */
export function outcomeOf(
  before: HistoricalRun | undefined,
  run: HistoricalRun,
  onConflict: OnConflict,
): SaveOutcome {
  if (!before) return { is: 'added', write: run }
  const after = onConflict === 'merge' ? mergeRun(before, run) : normalizeRun(run)
  if (canonicalJson(before) === canonicalJson(after)) return { is: 'same' }
  if (onConflict === 'keep') return { is: 'conflicting' }
  return { is: onConflict === 'merge' ? 'merged' : 'conflicting', write: after }
}
