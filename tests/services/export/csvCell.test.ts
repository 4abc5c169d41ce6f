import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell } from '../../../services/export/csvCell'

/** Every beginning of a formula, behind blanks that a spreadsheet passes over. */
const blanks = fc.string({
  unit: fc.constantFrom(' ', '\t', '\u00a0', '\u3000', '\u200b', '\ufeff'),
  maxLength: 3,
})
const sign = fc.constantFrom('=', '+', '-', '@', '|', '＝', '＋', '－', '＠')

describe('a cell of a table', () => {
  it.each([
    '=1+1',
    '+49 30 123',
    '-2+3',
    '@SUM(A1)',
    ' =1+1',
    '\u00a0\u200b=1+1',
    '＝1+1',
    '|cmd /C calc',
    '\t=1',
    '\tharmless',
    '\rharmless',
    '\nharmless',
  ])('that could be taken for a formula gets an apostrophe before it: %j', (text) => {
    expect(csvCell(text)).toBe(`'${text}`)
  })

  it('is made harmless behind a line break too', () => {
    expect(csvCell('fine\n=1+1\r\n  @x\rlast')).toBe("fine\n'=1+1\r\n'  @x\rlast")
  })

  it('stays as it is when it is text of another kind', () => {
    for (const text of ['', 'scene-001', 'a = b', 'night run', "it's", '1-2', 'two\nlines', 'a,b;"c"'])
      expect(csvCell(text)).toBe(text)
  })

  it('that is a number stays bare, also a negative one', () => {
    expect([0, -1.5, 1e-7, 12].map(csvCell)).toEqual([0, -1.5, 1e-7, 12])
  })

  it('that is not known, or no number, is empty', () => {
    expect([undefined, NaN, Infinity].map(csvCell)).toEqual(['', '', ''])
    expect([true, false].map(csvCell)).toEqual(['yes', 'no'])
  })

  it('never has a line that begins as a formula, and loses nothing but for the apostrophes', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.tuple(blanks, sign, fc.string()).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (lines, lineBreak) => {
          const text = lines.join(lineBreak)
          const cell = String(csvCell(text))
          for (const each of cell.split(/\r\n|\r|\n/)) expect(each.trim()).not.toMatch(/^[=+\-@|＝＋－＠]/)
          expect(cell.replaceAll("'", '')).toBe(text.replaceAll("'", ''))
        },
      ),
      { numRuns: 5_000, seed: 1 },
    )
  })
})
