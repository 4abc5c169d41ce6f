import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportRuns, importRuns } from '../../../services/exportService'
import { parseExportRecord } from '../../../services/wire/exportFile'
import { normalizeRun } from '../../../services/history/mergeRun'
import { generateRuns } from '../../../services/seed/generateRuns'
import { tracesOf } from '../../helpers/arbitraryRun'
import { hostileJson, soundness } from '../../helpers/hostileJson'
import { createMemoryHistory } from '../../helpers/memoryHistory'

const RUNS = [...generateRuns(3, 5)].map((run) => normalizeRun({ ...run, scenes: run.scenes.slice(0, 1) }))
const whole = await (await exportRuns({ runs: RUNS, traces: tracesOf(RUNS), format: 'json' })).blob.text()
const lines = whole.trimEnd().split('\n')
const head = lines[0] ?? ''
const records: readonly unknown[] = (JSON.parse(whole) as { records: unknown[] }).records
const document: unknown = JSON.parse(whole)

/** A file of our shape whose records are anything, and some whose whole is. */
const hostileFile = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.array(fc.oneof(hostileJson(records), fc.constantFrom(...lines)), { maxLength: 6 }),
        fc.constantFrom('\n', ',\n', '\r\n', '\n\n', '\u2028'),
        fc.constantFrom('\n]}', '\n]}\n', '', ']}', '\n]}\nmore'),
      )
      .map(([bodies, separator, end]) => `${head}\n${bodies.join(separator)}${end}`),
  },
  { weight: 2, arbitrary: hostileJson([document]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(whole.length), fc.nat(99))
      .map(([from, count]) => whole.slice(0, from) + whole.slice(from + count)),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

describe('10,000 hostile import files', () => {
  it('throw nothing, reach no prototype, store nothing of an invalid record, and say line and reason', async () => {
    let stored = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(hostileFile, async (text) => {
        const history = createMemoryHistory()
        const report = await importRuns(history, new Blob([text]))
        expect(Object.keys(Object.prototype)).toEqual([])
        for (const problem of report.invalid) {
          expect(problem.line ?? problem.path).toBeDefined()
          expect(problem.reason.length).toBeGreaterThan(10)
          expect(problem.reason.length).toBeLessThan(500)
        }
        expect(report.added).toBe(history.runs.size)
        stored += history.runs.size
        refused += report.invalid.length
        for (const run of history.runs.values()) {
          expect(soundness(run)).toBe('sound')
          // What was stored passes the border again, whole: it cannot have come of an invalid record.
          expect(parseExportRecord(JSON.parse(JSON.stringify({ run })))).toEqual({
            ok: true,
            value: { kind: 'run', run },
          })
        }
        for (const trace of history.saved.values()) expect(soundness(trace)).toBe('sound')
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(stored).toBeGreaterThan(1_000)
    expect(refused).toBeGreaterThan(1_000)
  }, 120_000)
})
