import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportRuns, importRuns } from '../../../services/exportService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { GpuTrace, HistoricalRun, ImportReport } from '../../../types'
import { arbitraryRun, tracesOf } from '../../helpers/arbitraryRun'
import { createMemoryHistory } from '../../helpers/memoryHistory'

const RUNS = [...generateRuns(12, 1)]
const TRACES = tracesOf(RUNS)
const textOf = async (runs = RUNS, traces: readonly GpuTrace[] = []): Promise<string> =>
  (await exportRuns({ runs, traces, format: 'json' })).blob.text()
const importText = async (
  text: BlobPart,
  options = {},
  history = createMemoryHistory(),
): Promise<{ report: ImportReport; history: ReturnType<typeof createMemoryHistory> }> => ({
  report: await importRuns(history, new Blob([text]), options),
  history,
})
const reasonOf = async (text: BlobPart): Promise<string> => {
  const { report, history } = await importText(text)
  expect(history.runs.size).toBe(0)
  expect(report.added).toBe(0)
  return report.invalid.map(({ reason }) => reason).join(' ')
}

describe('exporting and importing', () => {
  it('gives the same runs and traces again, field by field', async () => {
    const distinct = fc.uniqueArray(arbitraryRun, { maxLength: 6, selector: ({ runId }) => runId })
    await fc.assert(
      fc.asyncProperty(distinct, async (runs) => {
        const traces = [...new Map(tracesOf(runs).map((each) => [`${each.source}/${each.promptId}`, each]))]
        const { report, history } = await importText(
          await textOf(
            runs,
            traces.map(([, trace]) => trace),
          ),
        )
        expect(report).toMatchObject({ added: runs.length, invalid: [] })
        expect([...history.runs.values()]).toEqual(runs)
        expect([...history.saved]).toEqual(expect.arrayContaining(traces))
        expect(history.saved.size).toBe(traces.length)
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('a second time changes nothing', async () => {
    const text = await textOf(RUNS, TRACES)
    const { history } = await importText(text)
    const before = new Map(history.runs)
    const { report } = await importText(text, {}, history)
    expect(report).toEqual({ added: 0, same: 12, merged: 0, conflicting: 0, invalid: [], dryRun: false })
    expect(history.runs).toEqual(before)
  })

  it('survives what editors and other tools do to the file', async () => {
    const text = await textOf(RUNS, TRACES)
    const variants = [
      `\ufeff${text}`,
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\n\n'),
      JSON.stringify(JSON.parse(text)),
      JSON.stringify(JSON.parse(text), undefined, 2),
    ]
    for (const variant of variants) {
      const { report, history } = await importText(variant)
      expect(report).toMatchObject({ added: 12, invalid: [] })
      expect(history.saved.size).toBe(TRACES.length)
    }
  })

  it('tells progress, and keeps whole batches when it is given up in between', async () => {
    const runs = [...generateRuns(1_500, 2)]
    const text = await textOf(runs)
    const shares: number[] = []
    await importText(text, { onProgress: (share: number) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(2)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
    const controller = new AbortController()
    const history = createMemoryHistory()
    const stopping = { signal: controller.signal, onProgress: () => controller.abort() }
    await expect(importText(text, stopping, history)).rejects.toMatchObject({ name: 'AbortError' })
    expect(history.runs.size).toBe(512)
  })
})

describe('what a dry run counts', () => {
  const edited = RUNS.map((run, index) =>
    index < 3
      ? { ...run, notes: 'edited', editedAt: 9 }
      : { ...run, runId: index < 6 ? run.runId : `new-${index}` },
  )
  it.each(['merge', 'keep', 'replace'] as const)(
    'is what %s then does, and nothing is written',
    async (onConflict) => {
      const { history } = await importText(await textOf())
      const text = await textOf([...edited, ...RUNS.slice(0, 2), ...edited.slice(0, 1)])
      const before = new Map(history.runs)
      const { report: dry } = await importText(text, { dryRun: true, onConflict }, history)
      expect(history.runs).toEqual(before)
      expect(dry).toMatchObject({ dryRun: true, added: 6 })
      const once = await textOf(edited)
      const { report: forecast } = await importText(once, { dryRun: true, onConflict }, history)
      const { report: done } = await importText(once, { onConflict }, history)
      expect({ ...forecast, dryRun: false }).toEqual(done)
    },
  )

  it('counts a run that the file has twice once', async () => {
    const text = await textOf([...RUNS, ...RUNS])
    expect((await importText(text, { dryRun: true })).report).toMatchObject({ added: 12, same: 12 })
    expect((await importText(text)).report).toMatchObject({ added: 12, same: 12 })
  })
})

describe('what is wrong with a file', () => {
  it('costs only the lines that are wrong, and these are named', async () => {
    const lines = (await textOf(RUNS, TRACES)).split('\n')
    const bad = lines.findIndex((line) => line.startsWith('{"run":{"runId":"run-1-0000002"'))
    lines[bad] = (lines[bad] ?? '').replace(/"timestamp":\d+/, '"timestamp":"yesterday"')
    const { report, history } = await importText(lines.join('\n'))
    expect(report.added).toBe(11)
    expect(history.runs.has('run-1-0000002')).toBe(false)
    expect(report.invalid[0]).toEqual({
      line: bad + 1,
      reason: expect.stringContaining('At run.timestamp: '),
    })
    // Its traces have no run then.
    expect(report.invalid.slice(1).every(({ reason }) => reason.startsWith('This GPU trace is of no'))).toBe(
      true,
    )
    expect(history.saved.size).toBe(tracesOf([...history.runs.values()]).length)
  })

  it('is that it was cut off: what came before is there', async () => {
    const text = await textOf()
    const lines = text.split('\n')
    const { report, history } = await importText(lines.slice(0, 6).join('\n'))
    expect(history.runs.size).toBe(5)
    expect(report.invalid).toEqual([{ line: 6, reason: expect.stringContaining('cut off') }])
    const within = await importText(text.slice(0, text.length / 2))
    expect(within.history.runs.size).toBeGreaterThan(3)
    expect(within.report.invalid.map(({ line }) => line)).toEqual([
      within.history.runs.size + 2,
      within.history.runs.size + 2,
    ])
  })

  it('is that something follows its end', async () => {
    const { report } = await importText((await textOf()) + (await textOf()))
    expect(report).toMatchObject({
      added: 12,
      invalid: [{ line: 15, reason: expect.stringContaining('follows') }],
    })
  })

  it('is a newer version, or none: then nothing is read', async () => {
    const newer = (await textOf()).replace('"version":1', '"version":2')
    expect(await reasonOf(newer)).toMatch(
      /newer version of this page \(its format is 2, this page reads up to 1\)/,
    )
    expect(await reasonOf(JSON.stringify(JSON.parse(newer)))).toMatch(/newer version/)
    expect(await reasonOf(newer.replace('"version":2', '"version":0'))).toMatch(/no version 0/)
  })

  it('is that it is no export: each kind is told what it is', async () => {
    const csv = await (await exportRuns({ runs: RUNS, format: 'csv' })).blob.arrayBuffer()
    expect(await reasonOf(csv)).toMatch(/^This is a table \(CSV\).*Export the same runs as JSON/)
    expect(await reasonOf('')).toBe('The file is empty.')
    expect(await reasonOf('%PDF-1.7 x,y')).toMatch(/^A PDF/)
    expect(await reasonOf(new Uint8Array([0x1f, 0x8b, 8, 0]))).toMatch(/^This is a compressed file/)
    expect(await reasonOf('hello')).toMatch(/^This is no telemetry export/)
    expect(await reasonOf('{"a":1}')).toMatch(
      /^This is neither a telemetry export nor an artifact file\. RunId/,
    )
    expect(await reasonOf('{"a":')).toMatch(/^Not JSON/)
    expect(await reasonOf('['.repeat(100_000))).toMatch(/^Not JSON/)
  })

  it('is a line beyond all measure, which is passed over without being held', async () => {
    const lines = (await textOf()).split('\n')
    lines.splice(3, 0, `{"run":{"runId":"${'x'.repeat(17 * 2 ** 20)}"}},`)
    const { report, history } = await importText(lines.join('\n'))
    expect(history.runs.size).toBe(12)
    expect(report.invalid).toEqual([{ line: 4, reason: 'The line is too long to be a record.' }])
  })

  it('is named a thousand times at most', async () => {
    const head = (await textOf([])).split('\n')[0]
    const { report } = await importText(`${head}\n${'x\n'.repeat(5_000)}`)
    expect(report.invalid).toHaveLength(1_001)
    expect(report.invalid.at(-1)).toEqual({
      line: 5_001,
      reason: "The last of 4001 more that can't be read.",
    })
  })

  it('leaves members that nobody knows behind, and touches no prototype', async () => {
    const text = (await textOf(RUNS.slice(0, 1))).replace(
      '{"run":{',
      '{"__proto__":{"polluted":1},"run":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"later":1,',
    )
    const { report, history } = await importText(text)
    expect(report).toMatchObject({ added: 1, invalid: [] })
    expect([...history.runs.values()]).toEqual(RUNS.slice(0, 1))
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('is that the file went away while it was read', async () => {
    const file = new Blob([await textOf()])
    file.stream = () =>
      new ReadableStream({
        start: (controller) => controller.error(new DOMException('', 'NotReadableError')),
      })
    const report = await importRuns(createMemoryHistory(), file)
    expect(report.invalid).toEqual([{ reason: expect.stringContaining('changed, moved or deleted') }])
  })
})

describe('an artifact file', () => {
  it.each(['latest-run.json', 'older-run.json'])('becomes a run: %s', async (name) => {
    const { report, history } = await importText(
      readFileSync(join(import.meta.dirname, '../../fixtures/artifacts', name)),
    )
    expect(report).toMatchObject({ added: 1, invalid: [] })
    expect([...history.runs.values()]).toMatchObject([{ source: 'artifact' }])
  })
})

describe('a history that cannot be written', () => {
  it('is told with what is saved, what is missing and what to do', async () => {
    const runs: HistoricalRun[] = [...generateRuns(1_100, 3)]
    const history = createMemoryHistory()
    const saveRuns: typeof history.saveRuns = (given, how) =>
      history.runs.size > 0 ? Promise.reject(new Error('Storage is full.')) : history.saveRuns(given, how)
    const failing = { ...history, saveRuns }
    await expect(importRuns(failing, new Blob([await textOf(runs)]))).rejects.toMatchObject({
      name: 'ImportError',
      message: expect.stringMatching(
        /^Storage is full\. 512 runs of the file are saved; up to \d+ MB of it are missing\./,
      ),
      report: { added: 512 },
    })
    expect(history.runs.size).toBe(512)
  })
})
