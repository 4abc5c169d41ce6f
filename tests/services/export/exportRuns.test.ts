import papaparse from 'papaparse'
import { describe, expect, it } from 'vitest'
import { exportHistory, exportRuns, tableCsv } from '../../../services/exportService'
import { normalizeRun } from '../../../services/history/mergeRun'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { ExportRequest, HistoricalRun } from '../../../types'
import { tracesOf } from '../../helpers/arbitraryRun'
import { createMemoryHistory } from '../../helpers/memoryHistory'

const runs = [...generateRuns(250, 1)]
const traces = tracesOf(runs)
const csvOf = async (request: Partial<ExportRequest>): Promise<string[][]> => {
  const { blob } = await exportRuns({ runs, format: 'csv', ...request })
  return papaparse.parse<string[]>((await blob.text()).replace(/^\ufeff/, ''), { skipEmptyLines: true }).data
}
const aRun = (overrides: Partial<HistoricalRun>): HistoricalRun =>
  normalizeRun({ runId: 'r', timestamp: 1_763_085_600_000, scenes: [], fallbackCount: 0, ...overrides })

describe('an export as JSON', () => {
  it('is one JSON document that says what it is, a record a line, traces behind their runs', async () => {
    const { blob, fileName } = await exportRuns({ runs, traces, format: 'json' })
    expect(fileName).toMatch(/^gemdirect1-telemetry-\d{4}-\d\d-\d\d\.json$/)
    expect(blob.type).toBe('application/json')
    const text = await blob.text()
    const document = JSON.parse(text) as { records: { run?: HistoricalRun; trace?: unknown }[] }
    expect(document).toMatchObject({ format: 'gemdirect1-telemetry', version: 1 })
    expect(document.records.flatMap(({ run }) => run ?? [])).toEqual(runs)
    expect(document.records.flatMap(({ trace }) => trace ?? [])).toHaveLength(traces.length)
    expect(document.records.slice(0, 1)).toEqual([{ run: runs[0] }])
    expect(text.trimEnd().split('\n')).toHaveLength(document.records.length + 2)
  })

  it('of no runs is a whole document too', async () => {
    const { blob } = await exportRuns({ runs: [], format: 'json' })
    expect(JSON.parse(await blob.text())).toMatchObject({ records: [] })
  })

  it('of a history is read page by page and has the traces of its attempts', async () => {
    const history = createMemoryHistory()
    await history.saveRuns(runs)
    await history.saveTraces(traces)
    const asked: number[] = []
    const watched = {
      ...history,
      getRuns: (ids: readonly string[]) => {
        asked.push(ids.length)
        return history.getRuns(ids)
      },
    }
    const { blob } = await exportHistory(watched, { format: 'json' })
    const both = await exportRuns({ runs, traces, format: 'json' })
    const withoutTime = (text: string): string => text.replace(/"exportedAt":\d+/, '')
    expect(withoutTime(await blob.text()).length).toBe(withoutTime(await both.blob.text()).length)
    expect(Math.max(...asked)).toBeLessThanOrEqual(100)
  })
})

describe('an export as CSV', () => {
  it('begins with a byte order mark and a line of headings, and ends its lines with CRLF', async () => {
    const text = await (await exportRuns({ runs: runs.slice(0, 2), format: 'csv' })).blob.arrayBuffer()
    expect([...new Uint8Array(text.slice(0, 3))]).toEqual([0xef, 0xbb, 0xbf])
    const lines = new TextDecoder().decode(text).split('\r\n')
    expect(lines[0]).toMatch(/^runId,runName,/)
    expect(lines).toHaveLength(2 * 4 + 2)
  })

  it('has one row a scene, and one for a run without scenes', async () => {
    const [headings = [], ...rows] = await csvOf({ runs: [aRun({ notes: 'empty' }), ...runs] })
    expect(rows).toHaveLength(1 + runs.length * 4)
    expect(rows[0]?.[headings.indexOf('notes')]).toBe('empty')
    expect(rows[0]?.[headings.indexOf('sceneId')]).toBe('')
    expect(rows[1]?.[headings.indexOf('durationMs')]).toBe(String(runs[0]?.scenes[0]?.duration))
    expect(rows[1]?.[headings.indexOf('runStartedAt')]).toBe(new Date(runs[0]?.timestamp ?? 0).toISOString())
  })

  it('has the columns that were asked for, in that order', async () => {
    const [headings, row] = await csvOf({ runs: runs.slice(0, 1), fields: ['status', 'runId'] })
    expect(headings).toEqual(['status', 'runId'])
    expect(row).toEqual([runs[0]?.scenes[0]?.status, runs[0]?.runId])
  })

  it('makes formulas in names and notes harmless and keeps line breaks, quotes and commas', async () => {
    const notes = 'said "yes", then\n=HYPERLINK("http://x")'
    const [headings = [], row] = await csvOf({ runs: [aRun({ runName: '=1+1', notes })] })
    expect(row?.[headings.indexOf('runName')]).toBe("'=1+1")
    expect(row?.[headings.indexOf('notes')]).toBe('said "yes", then\n\'=HYPERLINK("http://x")')
  })

  it('writes any rows with any columns', async () => {
    const table = await tableCsv([{ a: -1 }, { a: 2 }], [{ name: 'A', value: ({ a }) => a }])
    expect((await table.text()).replace('\ufeff', '')).toBe('A\r\n-1\r\n2\r\n')
  })
})

describe('any export', () => {
  it('tells its progress up to the end', async () => {
    const shares: number[] = []
    await exportRuns({ runs, format: 'csv', onProgress: (share) => shares.push(share) })
    expect(shares).toEqual([0.4, 0.8, 1])
    shares.length = 0
    await exportRuns({ runs: [], format: 'json', onProgress: (share) => shares.push(share) })
    expect(shares).toEqual([1])
  })

  it('is given up when its signal says so', async () => {
    const controller = new AbortController()
    const stopping = { runs, signal: controller.signal, onProgress: () => controller.abort() } as const
    await expect(exportRuns({ ...stopping, format: 'json' })).rejects.toMatchObject({ name: 'AbortError' })
    await expect(exportRuns({ ...stopping, format: 'csv' })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('says what it cannot do instead of doing something else', async () => {
    const refused = (request: Partial<ExportRequest>) => exportRuns({ runs, format: 'csv', ...request })
    await expect(refused({ format: 'pdf' })).rejects.toMatchObject({ code: 'format' })
    await expect(refused({ fields: ['nothing'] })).rejects.toMatchObject({
      code: 'field',
      message: expect.stringContaining('There are: runId, runName'),
    })
    await expect(refused({ redact: true })).rejects.toMatchObject({ code: 'unsupported' })
    await expect(refused({ format: 'json', fields: ['runId'] })).rejects.toMatchObject({
      code: 'unsupported',
    })
  })
})
