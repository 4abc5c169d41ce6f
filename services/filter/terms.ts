import type { FilterExpression, RunField, SceneField, When } from '../../types'

/** What an expression's branches end in. */
export type TextTerm = Extract<FilterExpression, { op: unknown }>
export type RangeTerm = Exclude<Extract<FilterExpression, { field: unknown }>, TextTerm | DateTerm>
export type DateTerm = Extract<FilterExpression, { after?: unknown }>
export type Term = TextTerm | RangeTerm | DateTerm
export type Field = SceneField | RunField

/** True of every scene, and of none. */
export const EVERYTHING: FilterExpression = { and: [] }
export const NOTHING: FilterExpression = { or: [] }
export const isEverything = (expression: FilterExpression): boolean =>
  'and' in expression && expression.and.length === 0
export const isNothing = (expression: FilterExpression): boolean =>
  'or' in expression && expression.or.length === 0

/** Whether it is one term: no group, no negation. */
export const isTerm = (expression: FilterExpression): expression is Term => 'field' in expression
export const isTextTerm = (expression: FilterExpression): expression is TextTerm => 'op' in expression
export const isDateTerm = (expression: FilterExpression): expression is DateTerm =>
  'field' in expression && expression.field === 'date' && !('op' in expression)
export const isRangeTerm = (expression: FilterExpression): expression is RangeTerm =>
  'field' in expression && !('op' in expression) && !isDateTerm(expression)

/** One way to write each term: members in this order, absent ones left out. Two equal terms have equal JSON. */
export const textTerm = (field: Field, op: TextTerm['op'], value: string): TextTerm => ({ field, op, value })
export const rangeTerm = (field: Field, min: number | undefined, max: number | undefined): RangeTerm => ({
  field,
  ...(min === undefined ? {} : { min: min + 0 }),
  ...(max === undefined ? {} : { max: max + 0 }),
})
export const dateTerm = (after: When | undefined, before: When | undefined): DateTerm => ({
  field: 'date',
  ...(after === undefined ? {} : { after }),
  ...(before === undefined ? {} : { before }),
})
