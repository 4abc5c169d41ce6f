import type { FilterExpression, TelemetryFilter } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { expressionOf } from './expressionOf'
import { isStatus } from './fields'
import { alternativesOf, conjunctsOf } from './simplify'
import { isDateTerm, isRangeTerm, type Field, type TextTerm } from './terms'

/**
 * The one filter of those that ask the same by the same terms: lists unique and sorted, what is absent left out, every term in the
 * member made for it and only the rest in `expression`. Two terms for one member (`tag:a tag:b`): the first of them in order.
 * `parseQuery(formatQuery(normalizeFilter(f)))` equals `normalizeFilter(f)` as long as the text can be read: patterns that are none
 * and more than 50 groups or 20,000 characters cannot.
 */
export function normalizeFilter(filter: TelemetryFilter): TelemetryFilter {
  return filterOf(expressionOf(filter))
}

/** A simplified expression as a normalized filter. */
export function filterOf(expression: FilterExpression): TelemetryFilter {
  const rest = new Set(conjunctsOf(expression))
  const take = <T>(read: (conjunct: FilterExpression) => T | undefined): T | undefined => {
    const found = [...rest].find((conjunct) => read(conjunct) !== undefined)
    if (found === undefined) return undefined
    rest.delete(found)
    return read(found)
  }
  const list = (field: Field) => take((each) => valuesOf(each, field))
  const members = {
    dateRange: take(dateMember),
    status: take((each) => statusesOf(valuesOf(each, 'status'))),
    exitReason: list('reason'),
    gpuModel: list('gpu'),
    duration: take((each) => rangeMember(each, 'duration')),
    attempts: take((each) => rangeMember(each, 'attempts')),
    sceneIds: list('scene'),
    storyIds: list('story'),
    runIds: list('run'),
    tags: list('tag'),
    source: list('source'),
    text: take((each) => valueOf(each, 'text', 'contains')),
    errorPattern: take((each) => valueOf(each, 'error', 'regex')),
  }
  return definedMembers({ ...members, expression: groupOf([...rest]) })
}

function groupOf(conjuncts: readonly FilterExpression[]): FilterExpression | undefined {
  return conjuncts.length > 1 ? { and: conjuncts } : conjuncts[0]
}

/** The values of a list of exact ones, in order. */
function valuesOf(conjunct: FilterExpression, field: Field): readonly string[] | undefined {
  const values = alternativesOf(conjunct).map((each) => valueOf(each, field, 'is'))
  const known = values.flatMap((value) => value ?? [])
  return known.length > 0 && known.length === values.length ? known.sort() : undefined
}

function statusesOf(values: readonly string[] | undefined): TelemetryFilter['status'] {
  return values?.every(isStatus) ? values : undefined
}

/** An empty text bounds nothing as a member, and everything that has a value as a term: it stays a term. */
function valueOf(conjunct: FilterExpression, field: Field, op: TextTerm['op']): string | undefined {
  if (!('op' in conjunct) || conjunct.field !== field || conjunct.op !== op) return undefined
  return op !== 'is' && conjunct.value === '' ? undefined : conjunct.value
}

function rangeMember(conjunct: FilterExpression, field: Field): TelemetryFilter['duration'] {
  if (!isRangeTerm(conjunct) || conjunct.field !== field) return undefined
  const { field: _, ...bounds } = conjunct
  return bounds.min === undefined && bounds.max === undefined ? undefined : bounds
}

function dateMember(conjunct: FilterExpression): TelemetryFilter['dateRange'] {
  return isDateTerm(conjunct) ? definedMembers({ from: conjunct.after, to: conjunct.before }) : undefined
}
