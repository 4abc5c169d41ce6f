import type { HistoricalRun, OnConflict } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { definedMembers } from '../shared/definedMembers'
import { leftOut } from './leftOut'
import { mergeRun, normalizeRun } from './mergeRun'

/** What becomes of a run that is saved, and what is to be written then. */
export interface SaveOutcome {
  readonly is: 'added' | 'same' | 'merged' | 'conflicting'
  /** Absent where what is stored stays. */
  readonly write?: HistoricalRun
  /** What of the run has no place in what is written, in a sentence. */
  readonly leftOut?: string
}

/** `before` is what the history shows of the run; undefined if nothing. */
export function outcomeOf(
  before: HistoricalRun | undefined,
  run: HistoricalRun,
  onConflict: OnConflict,
): SaveOutcome {
  const { made, ...rest } = combine(before, run, onConflict)
  if (!before) return { is: 'added', write: made, ...rest }
  if (canonicalJson(before) === canonicalJson(made)) return { is: 'same', ...rest }
  if (onConflict === 'keep') return { is: 'conflicting' }
  return { is: onConflict === 'merge' ? 'merged' : 'conflicting', write: made, ...rest }
}

/** What saving makes of a run and what is stored of it. */
export function combine(
  before: HistoricalRun | undefined,
  run: HistoricalRun,
  onConflict: OnConflict,
): { readonly made: HistoricalRun } & Pick<SaveOutcome, 'leftOut'> {
  const stays = onConflict === 'merge' ? before : undefined
  const made = stays ? mergeRun(stays, run) : normalizeRun(run)
  return { made, ...definedMembers({ leftOut: leftOut(stays ? [stays, run] : [run], made) }) }
}
