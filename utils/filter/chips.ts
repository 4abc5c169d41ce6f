import {
  conjunctsOf,
  expressionOf,
  formatUnit,
  isTerm,
  normalizeFilter,
} from '../../services/telemetryFilterService'
import type { FilterExpression, TelemetryFilter } from '../../types'

/** One thing that a filter asks for, as it is written, and the filter without it. */
export interface Chip {
  readonly text: string
  /** `gpu:` of a term of a field, else the whole. */
  readonly name: string
  readonly without: TelemetryFilter
}

/** All that a filter asks for, in the order of a query. */
export function chipsOf(filter: TelemetryFilter): readonly Chip[] {
  const expression = expressionOf(filter)
  if ('and' in expression && expression.and.length === 0) return []
  const conjuncts = conjunctsOf(expression)
  return conjuncts.map((conjunct) => {
    const text = formatUnit(conjunct)
    return {
      text,
      name: nameOf(conjunct, text),
      without: normalizeFilter({ expression: { and: conjuncts.filter((each) => each !== conjunct) } }),
    }
  })
}

/** The chips as their texts stand in a query; in their own order when the query says one of them in other words. */
export function inOrderTyped(chips: readonly Chip[], query: string): readonly Chip[] {
  const words = ` ${query.trim().replace(/\s+/g, ' ')} `
  const places = new Map(chips.map((chip) => [chip, words.indexOf(` ${chip.text} `)]))
  if ([...places.values()].includes(-1)) return chips
  return [...chips].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
}

/** What a single part of a filter costs: without it so many runs would match. */
export interface Removing {
  readonly chip: Chip
  readonly runs: number
}

/** More parts are not tried. */
const MOST_TRIED = 12

/** The part of a filter nothing matches without which most runs would match; undefined when each leaves none. */
export async function mostRemoving(
  filter: TelemetryFilter,
  countRuns: (filter: TelemetryFilter) => Promise<number>,
): Promise<Removing | undefined> {
  const tried = chipsOf(filter).slice(0, MOST_TRIED)
  const found = await Promise.all(tried.map(async (chip) => ({ chip, runs: await countRuns(chip.without) })))
  const [most] = found.sort((a, b) => b.runs - a.runs)
  return most && most.runs > 0 ? most : undefined
}

function nameOf(conjunct: FilterExpression, text: string): string {
  const inner = 'not' in conjunct ? conjunct.not : conjunct
  const [first] = 'or' in inner ? inner.or : [inner]
  if (first && isTerm(first) && first.field !== 'text' && /^-?\w+:/.test(text))
    return /^-?\w+:/.exec(text)?.[0] ?? text
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
