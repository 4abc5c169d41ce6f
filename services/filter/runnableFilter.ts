import type { FilterExpression, TelemetryFilter } from '../../types'
import { expressionOf } from './expressionOf'
import { filterOf } from './normalizeFilter'
import { patternProblem } from './patternProblem'
import { patternsOf } from './patternsOf'
import { conjunctsOf, simplify } from './simplify'

/** The filter, normalized, without what asks for patterns that can't be run; `leftOut` has a sentence for each of these. */
export function runnableFilter(filter: TelemetryFilter): {
  readonly filter: TelemetryFilter
  readonly leftOut: readonly string[]
} {
  const and: FilterExpression[] = []
  const leftOut: string[] = []
  for (const conjunct of conjunctsOf(expressionOf(filter))) {
    const sentences = patternsOf(conjunct).flatMap(refusalOf)
    leftOut.push(...sentences)
    if (sentences.length === 0) and.push(conjunct)
  }
  return { filter: filterOf(simplify({ and })), leftOut }
}

/** One sentence, or none for a pattern that runs. */
function refusalOf(pattern: string): readonly string[] {
  const problem = patternProblem(pattern)
  if (!problem) return []
  const { position, why = '', expected } = problem
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern
  return [
    `The pattern /${shown}/ cannot be run, at ${position + 1}: ${why} ${expected} was expected.`.replace(
      / +/g,
      ' ',
    ),
  ]
}
