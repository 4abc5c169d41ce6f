import type { FilterExpression, When } from '../../types'
import {
  dateTerm,
  isDateTerm,
  isRangeTerm,
  rangeTerm,
  type DateTerm,
  type Field,
  type RangeTerm,
} from './terms'

/**
 * Terms that must all hold, with the bounds of each field in one term: a scene has one duration, a run one date. A date bounded by a
 * day and by an age on the same side keeps both, for only the moment of use tells which is narrower.
 */
export function mergeRanges(conjuncts: readonly FilterExpression[]): readonly FilterExpression[] {
  const ranges = conjuncts.filter(isRangeTerm)
  const fields = [...new Set(ranges.map(({ field }) => field))]
  const dates = conjuncts.filter(isDateTerm)
  const others = conjuncts.filter((each) => !isRangeTerm(each) && !isDateTerm(each))
  return [...others, ...fields.map((field) => intersection(field, ranges)), ...mergeDates(dates)]
}

function intersection(field: Field, all: readonly RangeTerm[]): FilterExpression {
  const ranges = all.filter((range) => range.field === field)
  const min = greatest(ranges.flatMap((range) => range.min ?? []))
  const max = least(ranges.flatMap((range) => range.max ?? []))
  return rangeTerm(field, min, max)
}

function mergeDates(dates: readonly DateTerm[]): readonly FilterExpression[] {
  const after = narrowest(
    dates.flatMap((date) => date.after ?? []),
    greatest,
    least,
  )
  const before = narrowest(
    dates.flatMap((date) => date.before ?? []),
    least,
    greatest,
  )
  const count = Math.max(after.length, before.length)
  return Array.from({ length: count }, (_, index) => dateTerm(after[index], before[index]))
}

type Choose = (values: readonly number[]) => number | undefined

/** The deciding absolute bound, then the deciding age. */
function narrowest(bounds: readonly When[], ofTimes: Choose, ofAges: Choose): readonly When[] {
  const time = ofTimes(bounds.flatMap((when) => (typeof when === 'number' ? when : [])))
  const ago = ofAges(bounds.flatMap((when) => (typeof when === 'number' ? [] : when.ago)))
  return [...(time === undefined ? [] : [time]), ...(ago === undefined ? [] : [{ ago }])]
}

const greatest: Choose = (values) =>
  values.reduce<number | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined)
const least: Choose = (values) =>
  values.reduce<number | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined)
