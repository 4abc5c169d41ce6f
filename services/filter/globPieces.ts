import { fold } from './fold'

/**
 * The literal texts between a glob's wildcards: `*` stands for any text, `\*` and `\\` for themselves, any other backslash for
 * itself. One piece: no wildcard. Wildcards side by side are one.
 */
export function globPieces(glob: string): readonly string[] {
  const pieces = ['']
  for (const [, escaped, star, plain] of glob.matchAll(/\\([*\\])|(\*+)|([^*\\]+|\\)/g))
    if (star !== undefined) pieces.push('')
    else pieces[pieces.length - 1] += escaped ?? plain ?? ''
  return joinWildcards(pieces)
}

/** `*` beside `*` is one: empty pieces are kept at the ends only. */
export const joinWildcards = (pieces: readonly string[]): readonly string[] =>
  pieces.filter((piece, index) => piece !== '' || index === 0 || index === pieces.length - 1)

/** The glob of these pieces; the reverse of `globPieces`. */
export const globOf = (pieces: readonly string[]): string =>
  pieces.map((piece) => piece.replace(/[*\\]/g, '\\$&')).join('*')

/** Whether a text is these pieces with anything between them; folded. Linear: each piece is sought once, from where the last ended. */
export function globTest(pieces: readonly string[]): (text: string) => boolean {
  const [first = '', ...rest] = pieces.map(fold)
  const last = rest.pop()
  if (last === undefined) return (text) => fold(text) === first
  return (text) => {
    const folded = fold(text)
    if (!folded.startsWith(first) || !folded.endsWith(last)) return false
    let at = first.length
    for (const piece of rest) {
      const found = folded.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return at <= folded.length - last.length
  }
}
