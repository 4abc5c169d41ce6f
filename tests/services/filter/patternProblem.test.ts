import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patternProblem } from '../../../services/filter/patternProblem'
import { regexEngine } from '../../../services/filter/regexEngine'

const PIECES = [
  ...[
    'a',
    'b',
    '.',
    '^',
    '$',
    '|',
    '(',
    ')',
    '(?:',
    '(?i)',
    '(?i:',
    '(?-s:',
    '(?P<n',
    '>',
    '(?<',
    '(?z)',
    '/',
    'é',
    '🎬',
  ],
  ...[
    '[',
    '[^',
    ']',
    '[]a]',
    '[a-z]',
    '[z-a]',
    '[[:alpha:]]',
    '[[:foo:]]',
    '[\\d]',
    '[\\y]',
    '[\\x41-\\x{1F600}]',
    '-',
  ],
  ...['*', '+', '?', '*?', '{2}', '{2,}', '{2,1}', '{1001}', '{', '}', '{,2}', ',', ' '],
  ...[
    '\\d',
    '\\y',
    '\\b',
    '\\A',
    '\\z',
    '\\Z',
    '\\Q',
    '\\E',
    '\\C',
    '\\p{Greek}',
    '\\pL',
    '\\p{Lu}',
    '\\p{Foo}',
    '\\p',
  ],
  ...[
    '\\x41',
    '\\x{41}',
    '\\x{110000}',
    '\\x',
    '\\0',
    '\\.',
    '\\/',
    '\\_',
    '\\é',
    '\\n',
    '\\u0041',
    '\\cA',
    '\\',
  ],
]
const pieces = fc.array(
  fc.oneof({ arbitrary: fc.constantFrom(...PIECES), weight: 9 }, fc.string({ maxLength: 3 })),
  {
    maxLength: 6,
  },
)

describe('what is wrong with a pattern', () => {
  it('is known without the engine: what passes runs, what is refused would not', () => {
    fc.assert(
      fc.property(
        // Octal numbers are refused, for who writes one means a backreference.
        pieces.map((parts) => parts.join('').replace(/\\(?=[1-7][0-7])/g, '')),
        (pattern) => {
          const isFree = patternProblem(pattern) === undefined
          expect({ pattern, runs: isFree }).toEqual({ pattern, runs: regexEngine.compile(pattern).ok })
        },
      ),
      { numRuns: 20_000, seed: 1 },
    )
  })

  it('is told with its place', () => {
    expect(patternProblem('ab(?=c)')).toMatchObject({ position: 2, expected: 'a pattern without them' })
    expect(patternProblem('a**')).toMatchObject({ position: 2, expected: 'one repetition at a time' })
    expect(patternProblem('a\\y')).toMatchObject({ position: 1, length: 2 })
    expect(patternProblem('x[z-a]')).toMatchObject({ position: 1, expected: 'a class such as [a-z]' })
    expect(patternProblem('a{2,1}')).toMatchObject({ position: 1, length: 5 })
  })

  it.each(['\\Q', '[', '(?<', '[[:', '[[:a', '\\x{', '\\p{', '[a-', 'a{1,2}', '(', '\\'])(
    'is found in no time in the longest query of %s over and over',
    (piece) => {
      const pattern = piece.repeat(Math.ceil(20_000 / piece.length))
      const times = Array.from({ length: 3 }, () => {
        const before = performance.now()
        patternProblem(pattern)
        return performance.now() - before
      })
      expect(Math.min(...times)).toBeLessThan(100)
    },
  )
})
