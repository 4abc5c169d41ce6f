import type { TelemetryFilter } from '../../types'
import { expressionOf } from './expressionOf'
import { filterOf } from './normalizeFilter'
import { MAX_QUERY_LENGTH, parseQuery } from './parseQuery'
import { simplify } from './simplify'

/**
 * A query of somebody else's making, as far as it can be read: a term or group that can't be is left out, with its sentence. Of
 * alternatives none may be missing, for the rest would ask for less than was meant; so a query of them is read whole or not at all.
 */
export function readQueryParts(text: string): {
  readonly filter: TelemetryFilter
  readonly leftOut: readonly string[]
} {
  const whole = parseQuery(text)
  if (whole.ok) return { filter: whole.value, leftOut: [] }
  const parts = text.length > MAX_QUERY_LENGTH ? [] : partsOf(text)
  if (parts.length < 2 || parts.includes('OR')) return { filter: {}, leftOut: [whole.error.message] }
  const read = parts.map(parseQuery)
  const and = read.flatMap((each) => (each.ok ? [expressionOf(each.value)] : []))
  const leftOut = read.flatMap((each) => (each.ok ? [] : [each.error.message]))
  return { filter: filterOf(simplify({ and })), leftOut }
}

/** What stands between spaces, outside of quotes, patterns and parentheses. */
function partsOf(text: string): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (depth <= 0 && /^\s/.test(token)) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.filter((part) => part !== '')
}

const TOKENS = /"(?:[^"\\]|\\.)*"?|[:,]\/(?:[^/\\]|\\.)*\/?|[()]|\s+|[^\s"():,]+|[:,]/gs
