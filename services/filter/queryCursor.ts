import { joinWildcards } from './globPieces'
import type { Unreadable } from './queryError'

/** A text being read from left to right. The first problem ends the reading: what is read afterwards finds the text's end. */
export interface QueryCursor {
  readonly text: string
  at: number
  problem?: Unreadable
}

/** A value as it stands: the literal texts between its wildcards. */
export interface RawText {
  readonly pieces: readonly string[]
  readonly start: number
  readonly end: number
}

/** Records what could not be read, if nothing was before, and goes to the end. */
export function fail(cursor: QueryCursor, problem: Unreadable): void {
  cursor.problem ??= problem
  cursor.at = cursor.text.length
}

/** Takes what a sticky pattern finds here; undefined leaves the cursor where it is. */
export function take(cursor: QueryCursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (found !== undefined) cursor.at += found.length
  return found
}

/** A value in quotes or a bare one, which ends where `bare` says; undefined when there is none. */
export function takeText(cursor: QueryCursor, bare: RegExp): RawText | undefined {
  const start = cursor.at
  if (take(cursor, /"/y) === undefined) {
    const word = take(cursor, bare)
    return word === undefined ? undefined : { pieces: unescape(word), start, end: cursor.at }
  }
  const inside = take(cursor, /(?:[^"\\]|\\.)*/sy) ?? ''
  if (take(cursor, /"/y) === undefined)
    fail(cursor, { position: start, length: cursor.text.length - start, expected: ['a closing quote'] })
  return { pieces: unescape(inside), start, end: cursor.at }
}

/** `*` parts pieces; `\*`, `\\` and `\"` are themselves, any other backslash is one. */
function unescape(raw: string): readonly string[] {
  const pieces = ['']
  for (const [, escaped, star, plain] of raw.matchAll(/\\([*\\"])|(\*+)|([^*\\]+|\\)/g))
    if (star !== undefined) pieces.push('')
    else pieces[pieces.length - 1] += escaped ?? plain ?? ''
  return joinWildcards(pieces)
}
