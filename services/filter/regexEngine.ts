import { RE2JS, RE2JSException } from 're2js'
import type { Result } from '../../types'

/** Runs patterns in time linear in the text, whatever the pattern. */
export interface RegexEngine {
  /** The error is a sentence. Case is ignored unless the pattern says `(?-i)`; nothing else is folded. */
  compile(pattern: string): Result<CompiledRegex, string>
}
export interface CompiledRegex {
  test(text: string): boolean
  /** Where the pattern is found, as [start, end) in UTF-16 units, from left to right; at most `limit` places. */
  ranges(text: string, limit: number): readonly (readonly [number, number])[]
}

/** RE2, without lookaround and backreferences. Its code is large: load it by `loadRegexEngine` where a page is to open fast. */
export const regexEngine: RegexEngine = {
  compile(pattern) {
    try {
      return { ok: true, value: compiled(RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)) }
    } catch (error) {
      const reason = error instanceof RE2JSException ? `: ${error.message}` : ''
      return { ok: false, error: `The pattern /${clip(pattern)}/ cannot be run${clip(reason)}.` }
    }
  },
}

function compiled(regex: RE2JS): CompiledRegex {
  return {
    test: (text) => regex.test(text),
    ranges(text, limit) {
      const matcher = regex.matcher(text)
      const found: [number, number][] = []
      while (found.length < limit && matcher.find())
        if (matcher.end() > matcher.start()) found.push([matcher.start(), matcher.end()])
      return found
    },
  }
}

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
