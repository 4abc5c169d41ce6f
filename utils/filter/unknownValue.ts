import { addTerm, fold, removeTerm } from '../../services/telemetryFilterService'
import type { Facets, TelemetryFilter } from '../../types'
import { choicesOf } from './choices'
import { FILTER_LISTS, valueLabel, type FilterListInfo } from './filterLists'
import { nearValues } from './nearValues'

/** A value that a filter asks for and no run has, and what may have been meant. */
export interface UnknownValue {
  /** `No GPU is called RTX 4090.` */
  readonly sentence: string
  /** The nearest values, and the filter that asks for each instead. */
  readonly near: readonly { readonly label: string; readonly filter: TelemetryFilter }[]
}

const MOST_NEAR = 3

/** What a value of a field is of; the set of statuses is closed. */
const NOUNS: ReadonlyMap<FilterListInfo['field'], string> = new Map([
  ['gpu', 'GPU'],
  ['story', 'story'],
  ['tag', 'tag'],
  ['reason', 'exit reason'],
  ['source', 'server'],
  ['workflow', 'workflow'],
])

/** The first value asked for that no run at all has, while others are like it. `facets` are those without any filter. */
export function unknownValue(
  filter: TelemetryFilter,
  facets: Facets,
  sources: ReadonlyMap<string, string> | null,
): UnknownValue | undefined {
  for (const list of FILTER_LISTS) {
    const noun = NOUNS.get(list.field)
    const known = facets[list.facet].map(({ value }) => value)
    for (const value of noun === undefined ? [] : unknownTo(filter, list.field, known)) {
      const near = insteadOf(filter, list.field, value, known, sources)
      if (near.length > 0) return { sentence: `No ${noun} is called ${value}.`, near }
    }
  }
  return undefined
}

function unknownTo(
  filter: TelemetryFilter,
  field: FilterListInfo['field'],
  known: readonly string[],
): readonly string[] {
  const names = new Set(known.map(fold))
  const asked = [...choicesOf(filter, field)].filter(([, choice]) => choice === 'included')
  return asked.map(([value]) => value).filter((value) => !names.has(fold(value)))
}

/** People may have written what a value is called. */
function insteadOf(
  filter: TelemetryFilter,
  field: FilterListInfo['field'],
  written: string,
  known: readonly string[],
  sources: ReadonlyMap<string, string> | null,
): UnknownValue['near'] {
  const labels = new Map(known.map((value) => [valueLabel(field, value, sources), value]))
  const names = new Map([...known.map((value) => [value, value] as const), ...labels])
  const near = new Set(nearValues(written, [...names.keys()]).map((name) => names.get(name) ?? name))
  const rest = removeTerm(filter, field, written)
  return [...near].slice(0, MOST_NEAR).map((value) => ({
    label: valueLabel(field, value, sources),
    filter: addTerm(rest, field, value),
  }))
}
