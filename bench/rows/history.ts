import type { Metric } from '../../types'
import { openLargeHistory } from '../largeHistory'
import { median, row, type BenchContext, type BenchRow, type MeasuredRow } from '../measure'
import type { HistoryBench, PairName } from '../pages/history'
import type { Pair } from '../pages/history/pair'

const METRICS: readonly Metric[] = [
  'duration',
  'successRate',
  'gpuVramFree',
  'gpuUtilization',
  'attempts',
  'queueWait',
]
const TRENDS = 5

/** Calls of the history and of its reference in turn; the first `cold` turns are not counted. */
export async function pairsOf(
  context: BenchContext,
  what: PairName,
  turns: number,
  cold = 2,
): Promise<readonly Pair[]> {
  const { page } = await openLargeHistory(context)
  const pairs: Pair[] = []
  for (let turn = 0; turn < cold + turns; turn++) {
    const pair = await page.evaluate(
      ([name, at]) => (globalThis as unknown as { bench: HistoryBench }).bench.measure(name, at),
      [what, turn] as const,
    )
    if (turn >= cold) pairs.push(pair)
  }
  return pairs
}

const oursOf = (pairs: readonly Pair[]): number => median(pairs.map(({ ours }) => ours))
export const ratioOf = (pairs: readonly Pair[]): number =>
  oursOf(pairs) / median(pairs.map(({ plain }) => plain))

/** A row whose value is a ratio of medians; `name` is followed by what the call took. */
export function ratioRow(
  fields: Pick<MeasuredRow, 'id' | 'name' | 'bar' | 'reference'>,
  pairs: readonly Pair[],
): MeasuredRow {
  const name = `${fields.name} (${oursOf(pairs).toFixed(1)} ms)`
  return row({ ...fields, name, value: ratioOf(pairs), unit: '× the reference' })
}

/** docs/benchmarks.md, row H3. */
export const H3: BenchRow = {
  id: 'H3',
  measure: async (context) => [
    ratioRow(
      {
        id: 'H3',
        name: 'queryRuns of 100,000: three criteria, sorted by mean duration, a page of 50',
        bar: 2,
        reference: 'bench/reference/plainSelect.ts, plainSort.ts',
      },
      await pairsOf(context, 'query', 15),
    ),
  ],
}

/** docs/benchmarks.md, row H4. */
export const H4: BenchRow = {
  id: 'H4',
  measure: async (context) => [
    ratioRow(
      {
        id: 'H4',
        name: 'statistics over all, six metrics',
        bar: 3,
        reference: 'bench/reference/plainStatistics.ts',
      },
      await pairsOf(context, 'statistics', 9),
    ),
  ],
}

/** docs/benchmarks.md, row H5. */
export const H5: BenchRow = {
  id: 'H5',
  measure: async (context) => [
    ratioRow(
      {
        id: 'H5',
        name: 'import of 10,000 runs into 100,000',
        bar: 1.3,
        reference: 'bench/reference/plainPuts.ts',
      },
      await pairsOf(context, 'import', 1, 0),
    ),
  ],
}

/** docs/benchmarks.md, row H8. */
export const H8: BenchRow = {
  id: 'H8',
  measure: async (context) => [
    ratioRow(
      {
        id: 'H8',
        name: 'saving one finished run of 4 scenes into 100,000',
        bar: 3,
        reference: 'bench/reference/bareSave.ts',
      },
      await pairsOf(context, 'save', 31),
    ),
  ],
}

/** docs/benchmarks.md, row H9. */
export const H9: BenchRow = {
  id: 'H9',
  async measure(context) {
    const { page } = await openLargeHistory(context)
    const took: number[] = []
    for (const metric of METRICS) {
      const times: number[] = []
      for (let turn = 0; turn < TRENDS; turn++)
        times.push(
          await page.evaluate(
            (asked) => (globalThis as unknown as { bench: HistoryBench }).bench.trend(asked),
            metric,
          ),
        )
      took.push(median(times))
    }
    return [
      row({
        id: 'H9',
        name: 'trend over all 100,000, the slowest of six metrics',
        value: Math.max(...took),
        unit: 'ms',
        bar: 500,
      }),
    ]
  },
}
