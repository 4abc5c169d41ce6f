import { classProblem } from './classProblem'
import { isEscape } from './patternEscape'

/** Why a pattern cannot be run, told without the engine, and where. */
export interface PatternProblem {
  readonly position: number
  readonly length: number
  readonly expected: string
  readonly why?: string
}

/**
 * What keeps RE2 from running this pattern, told without loading it: lookaround and backreferences, which it has not, and its rules of
 * writing. What passes here it runs, but for repetitions within each other of more than 1,000 together. One pass over the pattern;
 * undefined when nothing is wrong. `\10` is refused as a backreference, though RE2 would read a character's octal number.
 */
export function patternProblem(pattern: string): PatternProblem | undefined {
  const open: number[] = []
  let previous: Kind = 'start'
  for (const { 0: part, index: position } of pattern.matchAll(PARTS)) {
    const kind = kindOf(part)
    const fault = FAULTS.find(({ in: kinds, is }) => kinds.includes(kind) && is(part, previous))
    if (fault) return { position, length: part.length, ...fault.problem }
    if (kind === 'open') open.push(position)
    if (kind === 'close' && open.pop() === undefined) return at(position, 'an opening ( before')
    previous = following(kind, previous)
  }
  const left = open.pop()
  return left === undefined ? undefined : at(left, 'a closing )')
}

type Kind =
  'start' | 'open' | 'close' | 'flags' | 'or' | 'repeat' | 'class' | 'escape' | 'quoted' | 'empty' | 'text'

const at = (position: number, expected: string): PatternProblem => ({ position, length: 1, expected })

/** Flags for the rest of a group and empty quotes stand for no text: a repetition behind them is of what was before, as a new one. */
function following(kind: Kind, previous: Kind): Kind {
  if (kind !== 'flags' && kind !== 'empty') return kind
  return previous === 'repeat' ? 'text' : previous
}

/** Quoted stretches, escapes, classes, repetitions, groups with their mark, single characters. */
const PARTS =
  /\\Q.*?(?:\\E|$)|\\k<[^>]*>?|\\x\{[^}]*\}?|\\x..?|\\[pP]\{[^}]*\}?|\\[pP].?|\\.?|\[\^?\]?(?:\[:\^?\w*:\]|\\.|[^\]\\])*\]?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|\(\?(?:[=!]|<[=!]|P?<[^>]*>?|[\w-]*[:)]?)|./gsu

function kindOf(part: string): Kind {
  if (/^\\Q(?:\\E)?$/.test(part)) return 'empty'
  if (part.startsWith('\\')) return part.startsWith('\\Q') ? 'quoted' : 'escape'
  if (part.startsWith('(')) return /^\(\?.*\)$/s.test(part) ? 'flags' : 'open'
  if (part.startsWith('[')) return 'class'
  if (/^(?:[*+?]|\{\d)/.test(part)) return 'repeat'
  return part === ')' ? 'close' : part === '|' ? 'or' : 'text'
}

interface Fault {
  readonly in: readonly Kind[]
  readonly is: (part: string, previous: Kind) => boolean
  readonly problem: Omit<PatternProblem, 'position' | 'length'>
}

const linear = (what: string) => ({
  why: `patterns run in linear time, without ${what};`,
  expected: 'a pattern without them',
})

const FAULTS: readonly Fault[] = [
  { in: ['open'], is: (part) => /^\(\?<?[=!]/.test(part), problem: linear('lookahead and lookbehind') },
  { in: ['escape'], is: (part) => /^\\(?:[1-9]|k<)/.test(part), problem: linear('backreferences') },
  { in: ['escape'], is: (part) => part === '\\', problem: { expected: 'a character after the backslash' } },
  {
    in: ['escape'],
    is: (part) => !isEscape(part),
    problem: { expected: 'an escape such as \\d, \\x41, \\p{Greek} or \\.' },
  },
  {
    in: ['open', 'flags'],
    is: (part) => !/^\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?[:)]))?$/.test(part),
    problem: { expected: 'a group such as (a), (?:a), (?P<name>a) or (?i)' },
  },
  {
    in: ['repeat'],
    is: (_, previous) => ['start', 'open', 'or'].includes(previous),
    problem: { expected: 'something to repeat' },
  },
  {
    in: ['repeat'],
    is: (_, previous) => previous === 'repeat',
    problem: { expected: 'one repetition at a time' },
  },
  {
    in: ['repeat'],
    is: isTooMany,
    problem: { expected: 'at most 1000 repetitions, the smaller number first' },
  },
  { in: ['class'], is: (part) => !part.endsWith(']'), problem: { expected: 'a closing ]' } },
  {
    in: ['class'],
    is: (part) => classProblem(part) !== undefined,
    problem: { expected: 'a class such as [a-z]' },
  },
]

function isTooMany(part: string): boolean {
  const [least = 0, most = least] = [...part.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  return most > 1_000 || least > 1_000 || most < least
}
