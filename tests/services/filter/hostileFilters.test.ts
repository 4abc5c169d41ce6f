import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addTerm,
  decodeFilter,
  decodeView,
  encodeFilter,
  encodeView,
  formatQuery,
  loadRegexEngine,
  normalizeFilter,
  parseQuery,
} from '../../../services/telemetryFilterService'
import { readFilter } from '../../../services/wire/filter'
import { arbitraryFilter } from '../../helpers/arbitraryRuns'
import { hostileValue } from '../../helpers/hostileJson'

/** Pieces of the grammar in any order, cut and repeated, with whatever else there is. */
const hostileText = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['status:', 'duration:>', 'error:/', '(', ')', ' OR ', '-', '"', '\\', '/', ',', '..', '%', '*'],
          ...[
            'after:',
            '-7d',
            '90s',
            '1e999',
            'NaN',
            '__proto__:',
            'constructor:x',
            '\u0000',
            '\ud800',
            '🎬',
            '((((',
            '----',
          ],
        ),
        fc.string({ unit: 'binary', maxLength: 8 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('hostile texts', () => {
  it('throw nothing and reach no prototype; each is read, or refused with a place and a sentence', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const parsed = parseQuery(text)
        if (parsed.ok) {
          expect(parseQuery(formatQuery(parsed.value))).toEqual(parsed)
          return
        }
        expect(parsed.error.message).not.toBe('')
        expect(parsed.error.position).toBeLessThanOrEqual(text.length)
        expect(parsed.error.message.length).toBeLessThan(600)
      }),
      { numRuns: 10_000 },
    )
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  }, 60_000)

  it.each([
    ['a megabyte of text', 'x'.repeat(1_000_000)],
    ['a megabyte of opening parentheses', '('.repeat(1_000_000)],
    ['twenty thousand negations', '-'.repeat(20_000)],
    [
      'ten thousand alternatives',
      Array.from({ length: 5_000 }, () => 'a')
        .join(' OR ')
        .slice(0, 19_999),
    ],
  ])('%s', (_, text) => {
    const parsed = parseQuery(text)
    if (!parsed.ok) expect(parsed.error.message.length).toBeLessThan(600)
    expect(decodeFilter(encodeURIComponent(text)).ok).toBeTypeOf('boolean')
  })

  it('a pattern that would freeze a page answers', async () => {
    const engine = await loadRegexEngine()
    const compiled = engine.compile('(a+)+$')
    if (!compiled.ok) throw new Error(compiled.error)
    const text = `${'a'.repeat(50_000)}!`
    const times = Array.from({ length: 5 }, () => {
      const before = performance.now()
      expect(compiled.value.test(text)).toBe(false)
      return performance.now() - before
    })
    // The quickest: what else the machine does in the meantime is not the pattern's.
    expect(Math.min(...times)).toBeLessThan(100)
  })

  it('a pattern over twice the text takes about twice the work, not its square', async () => {
    const compiled = (await loadRegexEngine()).compile('(a+)+$')
    if (!compiled.ok) throw new Error(compiled.error)
    const quickest = (length: number): number => {
      const text = `${'a'.repeat(length)}!`
      const times = Array.from({ length: 7 }, () => {
        const before = performance.now()
        compiled.value.test(text)
        return performance.now() - before
      })
      return Math.min(...times)
    }
    quickest(400_000)
    // Sixteen times the text: a square would be 256 times the work.
    expect(quickest(1_600_000) / quickest(100_000)).toBeLessThan(64)
  })

  it.each(['(?=x)', '\\1', '(', '[a', 'a{1001}', '*'])(
    'the engine refuses %s with a sentence',
    async (pattern) => {
      const compiled = (await loadRegexEngine()).compile(pattern)
      expect(compiled.ok ? '' : compiled.error).toMatch(/^The pattern .+ cannot be run: .+\.$/)
    },
  )
})

describe('links', () => {
  it('restore filter, order and columns', () => {
    fc.assert(
      fc.property(arbitraryFilter(), (filter) => {
        const view = {
          filter: normalizeFilter(filter),
          sort: { by: 'averageDuration', direction: 'desc' } as const,
          columns: ['when', 'status'],
        }
        expect(decodeView(encodeView(view))).toEqual({ ok: true, value: { view, leftOut: [] } })
        expect(decodeFilter(encodeFilter(filter))).toEqual({
          ok: true,
          value: { filter: view.filter, leftOut: [] },
        })
      }),
      { numRuns: 500 },
    )
  })

  it('that were tampered with are read as far as they are valid, and say what was left out', () => {
    const link = 'q=status:failed+colour:red+gpu:A&sort=-nothing&cols=when,%3Cb%3E&v=9&__proto__=x'
    const decoded = decodeView(link)
    if (!decoded.ok) throw new Error(decoded.error)
    expect(decoded.value.view).toEqual({ filter: { status: ['failed'], gpuModel: ['A'] }, columns: ['when'] })
    const sentences = decoded.value.leftOut.join('\n')
    for (const part of ['colour:red', 'nothing', '<b>', '__proto__', 'version 9'])
      expect(sentences).toContain(part)
  })

  it('that say a part twice are read by the first, and say so', () => {
    const decoded = decodeView('q=tag:a&q=tag:b&sort=timestamp&sort=-runName&v=1')
    expect(decoded).toMatchObject({ ok: true, value: { view: { filter: { tags: ['a'] } } } })
    expect(decoded.ok && decoded.value.leftOut).toEqual([
      expect.stringMatching(/^`q`: it was given more than once/),
      expect.stringMatching(/^`sort`: it was given more than once/),
    ])
  })

  it('of any text throw nothing', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.webQueryParameters()), (text) => {
        const decoded = decodeView(text)
        if (decoded.ok) expect(decoded.value.leftOut.length).toBeLessThanOrEqual(51)
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)
})

describe('filters from presets and files', () => {
  it('of any shape are read as far as they are valid', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileValue(),
          fc.record({ status: hostileValue(), expression: hostileValue(), tags: hostileValue() }),
        ),
        (value) => {
          const { filter, leftOut } = readFilter(value)
          expect(normalizeFilter(filter)).toEqual(normalizeFilter(normalizeFilter(filter)))
          expect(leftOut.length).toBeLessThanOrEqual(50)
        },
      ),
      { numRuns: 10_000 },
    )
  }, 60_000)

  it.each<[string, unknown]>([
    ['a list of a hundred thousand', { tags: Array.from({ length: 100_000 }, () => 'x') }],
    ['a prototype', JSON.parse('{"__proto__":{"polluted":true},"status":["failed"]}')],
    ['a text of a megabyte', { text: 'x'.repeat(1_000_000) }],
    ['a thousand levels', nested(1_000)],
    ['wrong types', { status: 'failed', duration: { min: '1' }, dateRange: [] }],
  ])('%s is left out, with a sentence', (_, value) => {
    const { filter, leftOut } = readFilter(value)
    expect(leftOut.length).toBeGreaterThan(0)
    expect('polluted' in filter).toBe(false)
    expect('polluted' in {}).toBe(false)
  })

  it('that are good are taken whole', () => {
    fc.assert(
      fc.property(arbitraryFilter(), (filter) => {
        const normal = normalizeFilter(filter)
        expect(readFilter(JSON.parse(JSON.stringify(normal)))).toEqual({ filter: normal, leftOut: [] })
      }),
      { numRuns: 500 },
    )
    expect(readFilter(addTerm({}, 'status', 'failed')).leftOut).toEqual([])
  })
})

function nested(levels: number): unknown {
  let expression: unknown = { field: 'status', op: 'is', value: 'failed' }
  for (let level = 0; level < levels; level++) expression = { not: expression }
  return { expression }
}
