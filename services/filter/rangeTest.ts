import type { When } from '../../types'
import type { DateTerm, RangeTerm } from './terms'
import { resolveWhen } from './when'

/** Whether a known value lies within the bounds, both inclusive. */
export function rangeTest({ min = -Infinity, max = Infinity }: RangeTerm): (value: number) => boolean {
  return (value) => value >= min && value <= max
}

/** The bounds at the moment `now`, epoch ms: `from` inclusive, `to` exclusive; infinite where none is given. */
export function dateBounds(
  { after, before }: DateTerm,
  now: number,
): { readonly from: number; readonly to: number } {
  return { from: resolved(after, now) ?? -Infinity, to: resolved(before, now) ?? Infinity }
}

const resolved = (when: When | undefined, now: number): number | undefined =>
  when === undefined ? undefined : resolveWhen(when, now)
