/** A word of a query. */
export interface Word {
  /** Up to the caret. */
  readonly text: string
  readonly start: number
  /** Behind the caret, where the word goes on. */
  readonly end: number
}

/** What stands around the caret between spaces and parentheses, outside of quotes. */
export function wordAt(text: string, caret: number): Word {
  let start = 0
  let isQuoted = false
  for (let at = 0; at < caret; at++) {
    const sign = text[at] ?? ''
    if (sign === '"') isQuoted = !isQuoted
    if (!isQuoted && /[\s()]/.test(sign)) start = at + 1
  }
  const rest = isQuoted ? '' : (/^[^\s()"]*/.exec(text.slice(caret))?.[0] ?? '')
  return { text: text.slice(start, caret), start, end: caret + rest.length }
}
