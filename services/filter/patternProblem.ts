/** Why a pattern cannot be run, told without the engine, and where; undefined when nothing is seen. The engine knows the rest. */
export interface PatternProblem {
  readonly position: number
  readonly length: number
  readonly expected: string
  readonly why?: string
}

/**
 * Looks for what RE2 has not (lookaround, backreferences), for brackets left open and for a repetition of nothing. One pass over the
 * pattern.
 */
export function patternProblem(pattern: string): PatternProblem | undefined {
  const open: number[] = []
  let previous = ''
  for (const { 0: part, index: position } of pattern.matchAll(PARTS)) {
    const refused = REFUSED.find(({ starts }) => starts.test(part))
    if (refused) return { position, length: part.length, ...refused.problem }
    if (part.startsWith('[') && !part.endsWith(']')) return unclosed(position, 'a closing ]')
    if (/^[*+?]$/.test(part) && /^(?:|\(.*|\|)$/.test(previous))
      return unclosed(position, 'something to repeat')
    if (part.startsWith('(') && !part.endsWith(')')) open.push(position)
    if (part === ')' && open.pop() === undefined) return unclosed(position, 'an opening ( before')
    previous = part
  }
  const left = open.pop()
  return left === undefined ? undefined : unclosed(left, 'a closing )')
}

const unclosed = (position: number, expected: string): PatternProblem => ({ position, length: 1, expected })

/** Quoted stretches, escapes, classes, groups with their mark, single characters. */
const PARTS =
  /\\Q.*?(?:\\E|$)|\\k<[^>]*>?|\\.?|\[\^?\]?(?:\[:\^?\w*:\]|\\.|[^\]\\])*\]?|\(\?(?:[=!]|<[=!]|P?<\w*>|[a-zA-Z-]*[:)])?|./gsu

const REFUSED = [
  {
    starts: /^\(\?(?:[=!]|<[=!])/,
    problem: {
      why: 'patterns run in linear time, without lookahead and lookbehind;',
      expected: 'a pattern without them',
    },
  },
  {
    starts: /^\\(?:[1-9]|k<)/,
    problem: {
      why: 'patterns run in linear time, without backreferences;',
      expected: 'a pattern without them',
    },
  },
  { starts: /^\\$/, problem: { expected: 'a character after the backslash' } },
]
