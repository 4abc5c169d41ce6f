import { MAX_TIME } from '../wire/maxTime'

/** The members of an object of the host's by name in lower case: PascalCase and camelCase are the same name. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return new Map(isObject ? Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]) : [])
}

/** A finite number, also as text; a negative one only where it may be. */
export function number(value: unknown, mayBeNegative = false): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) && (mayBeNegative || read >= 0) ? read : undefined
}

/** A boolean, also as text. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** Text that says something, its first 500 characters. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined
}

/** The texts of a list; one text alone is a list of one. */
export function texts(value: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value]
  return entries.flatMap((entry) => text(entry) ?? [])
}

/** An ISO time as epoch ms. */
export function time(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : NaN
  return at >= 0 && at <= MAX_TIME ? at : undefined
}

const MAX_TEXT = 500
