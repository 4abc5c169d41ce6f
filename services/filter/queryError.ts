import type { QueryError } from '../../types'

/** Where reading stopped, in UTF-16 units from 0, and what could have stood there. */
export interface Unreadable {
  readonly position: number
  readonly length: number
  readonly expected: readonly string[]
  /** Why what stands there cannot be taken, where expecting something else doesn't say it. */
  readonly why?: string
  /** What was expected in a few words, where `expected` is long. */
  readonly summary?: string
}

/** The sentence people read; positions in it count from 1. The word around the place is named, at most 60 characters of it. */
export function queryError(
  text: string,
  { position, length, expected, why, summary }: Unreadable,
): QueryError {
  const before = /\S{0,60}$/.exec(text.slice(Math.max(0, position - 60), position))?.[0] ?? ''
  const after = /^\S*/.exec(text.slice(position, position + 60))?.[0] ?? ''
  const word = `${before}${after}`
  const named = word === '' ? 'this query' : `\`${word.length > 60 ? `${word.slice(0, 60)}…` : word}\``
  const reason = why === undefined ? '' : `${why} `
  const message = `Cannot read ${named} at ${position + 1}: ${reason}${summary ?? listed(expected)} was expected.`
  return { position, length, expected, message }
}

function listed(expected: readonly string[]): string {
  const last = expected.at(-1) ?? 'something else'
  return expected.length < 2 ? last : `${expected.slice(0, -1).join(', ')} or ${last}`
}
