import papaparse from 'papaparse'
import { describe, expect, it } from 'vitest'
import { writeTable, type WrittenTable } from '../../../utils/files/writeTable'
import type { Estimate, RunSummary } from '../../../types'
import { RUN_COLUMNS } from '../../../utils/history/runColumns'
import { fakeHistory, summaryOf } from '../../helpers/fakeHistory'

const ESTIMATE: Estimate = {
  value: 1.23,
  low: 1.1,
  high: 1.4,
  n: 34,
  p: 0.03,
  test: 'rank',
  verdict: 'worse',
}
const tools = () => ({ onProgress: () => undefined, signal: new AbortController().signal })
const everything: WrittenTable = {
  query: {},
  columns: RUN_COLUMNS.map(({ id }) => id),
  labels: new Map([['box', 'GPU box']]),
}

async function rowsOf(
  runs: readonly RunSummary[],
  table: WrittenTable,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const { history } = fakeHistory(runs, {
    verdicts: (ids) => Promise.resolve(new Map(ids.includes('run-0') ? [['run-0', ESTIMATE]] : [])),
  })
  const { blob } = await writeTable(history, table, tools())
  const { data } = papaparse.parse<Record<string, string>>(await blob.text(), {
    header: true,
    skipEmptyLines: true,
  })
  return data
}

describe('the table of runs as CSV', () => {
  it('has a column for each of the table with its unit, and figures that are not rounded', async () => {
    const run = summaryOf(0, {
      storyId: 'night',
      averageDuration: 92_345,
      successRate: 0.75,
      gpuAverageFree: 6 * 2 ** 30,
      counts: { success: 3, failed: 1, timeout: 0, skipped: 0 },
      tags: ['night', 'rain'],
    })
    expect(await rowsOf([run], everything)).toEqual([
      {
        'When (UTC)': '2026-11-14T02:00:00.000Z',
        Story: 'Run 0',
        'Story id': 'night',
        Server: 'GPU box',
        Status: 'completed',
        'Scenes completed': '3',
        Scenes: '4',
        'Avg scene, s': '92.345',
        'vs like runs': 'slower',
        'vs like runs, ratio': '1.23',
        'ratio, low': '1.1',
        'ratio, high': '1.4',
        'like runs': '34',
        'Success, %': '75',
        'Free VRAM, GB': '6',
        Fallbacks: '0',
        GPU: 'RTX 4090',
        Tags: 'night, rain',
      },
    ])
  })

  it('leaves empty what is not known, and says that nothing was like it', async () => {
    const run: RunSummary = {
      runId: 'bare',
      timestamp: 0,
      fallbackCount: 0,
      gpuNames: [],
      counts: { success: 0, failed: 0, timeout: 0, skipped: 0 },
    }
    const [row] = await rowsOf([run], everything)
    expect(row).toMatchObject({ 'Avg scene, s': '', 'Success, %': '', 'vs like runs, ratio': '', GPU: '' })
    expect(row).toMatchObject({ 'vs like runs': 'cannot tell', 'like runs': '0', Scenes: '0' })
  })

  it('has every run once, in the order of the table, without those that wait', async () => {
    const runs = Array.from({ length: 1_203 }, (_, index) => summaryOf(index))
    const table: WrittenTable = { query: { asOf: 1_200 }, columns: ['story'], labels: null }
    const stories = (await rowsOf(runs, table)).map(({ Story }) => Story)
    expect(stories).toEqual(runs.slice(3).map(({ runName }) => runName))
  })

  it('keeps a name from being taken for a formula', async () => {
    const [row] = await rowsOf([summaryOf(0, { runName: '=1+1' })], { ...everything, columns: ['story'] })
    expect(row).toEqual({ Story: "'=1+1" })
  })

  it('ends with the reason when it is cancelled', async () => {
    const controller = new AbortController()
    const { history } = fakeHistory(Array.from({ length: 2_000 }, (_, index) => summaryOf(index)))
    const onProgress = (): void => controller.abort(new Error('given up'))
    const writing = writeTable(history, everything, { onProgress, signal: controller.signal })
    await expect(writing).rejects.toThrow('given up')
  })
})
