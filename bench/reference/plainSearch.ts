import type { CompiledRegex } from '../../services/filter/regexEngine'

/** Row F2's reference: which of the texts, lower-cased before, include a word. */
export function plainSearch(lowerCased: readonly string[], word: string): readonly number[] {
  const needle = word.toLowerCase()
  const found: number[] = []
  for (let at = 0; at < lowerCased.length; at++) if (lowerCased[at]?.includes(needle)) found.push(at)
  return found
}

/** Row F3's reference: re2js alone, over every error message; how many it is found in. */
export function plainRegex(messages: readonly string[], { test }: CompiledRegex): number {
  let found = 0
  for (const message of messages) if (test(message)) found++
  return found
}
