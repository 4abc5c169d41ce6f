import type { Result } from '../../types'
import { parseJson } from './parse'

export interface JsonBounds {
  /** Longer text is refused unread, in UTF-16 units. */
  readonly maxChars: number
  /** Objects and lists within each other; deeper ones would overflow the stack of whoever walks them. */
  readonly maxDepth: number
}

/**
 * JSON from a file of unknown origin: a byte order mark is passed over, members named `__proto__` are left out, what is too long
 * or too deep is refused. Never throws.
 */
export function parseBoundedJson(text: string, { maxChars, maxDepth }: JsonBounds): Result<unknown, string> {
  if (text.length > maxChars)
    return { ok: false, error: `The file has ${text.length} characters: at most ${maxChars} are read.` }
  const json = parseJson(text.replace(/^\uFEFF/, ''))
  if (!json.ok) return json
  return isWithin(json.value, maxDepth)
    ? { ok: true, value: withoutPrototypes(json.value) }
    : { ok: false, error: `The file nests deeper than ${maxDepth} levels.` }
}

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((member: unknown) => isWithin(member, levels - 1))
}

function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  const members = Object.entries(value).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(members.map(([name, member]) => [name, withoutPrototypes(member)]))
}
