import type { BenchRow } from '../measure'
import type { FilterChange } from '../pages/history/filters'
import { pairsOf, ratioOf, ratioRow } from './history'

const TURNS = 15
const CHANGES: readonly FilterChange[] = ['duration', 'date', 'status', 'gpu', 'tag']

/** docs/benchmarks.md, row F1. */
export const F1: BenchRow = {
  id: 'F1',
  async measure(context) {
    const measured = []
    for (const change of CHANGES) measured.push({ change, pairs: await pairsOf(context, change, TURNS) })
    const worst = measured.reduce((a, b) => (ratioOf(a.pairs) >= ratioOf(b.pairs) ? a : b))
    return [
      ratioRow(
        {
          id: 'F1',
          name: `one of three or four criteria changed → first page, the worst of ${CHANGES.length} kinds (${worst.change})`,
          bar: 2,
          reference: 'bench/reference/plainSelect.ts',
        },
        worst.pairs,
      ),
    ]
  },
}

/** docs/benchmarks.md, row F2. */
export const F2: BenchRow = {
  id: 'F2',
  measure: async (context) => [
    ratioRow(
      {
        id: 'F2',
        name: 'a word in all notes, names and error messages → first page',
        bar: 1.5,
        reference: 'bench/reference/plainSearch.ts',
      },
      await pairsOf(context, 'text', 2 * TURNS),
    ),
  ],
}

/** docs/benchmarks.md, row F3. */
export const F3: BenchRow = {
  id: 'F3',
  measure: async (context) => [
    ratioRow(
      {
        id: 'F3',
        name: 'a pattern in all error messages → first page',
        bar: 1.2,
        reference: 'bench/reference/plainSearch.ts',
      },
      await pairsOf(context, 'regex', TURNS),
    ),
  ],
}

/** docs/benchmarks.md, row F4. */
export const F4: BenchRow = {
  id: 'F4',
  measure: async (context) => [
    ratioRow(
      {
        id: 'F4',
        name: 'all eight facets after one of three criteria changed',
        bar: 2,
        reference: 'bench/reference/plainFacets.ts',
      },
      await pairsOf(context, 'facets', TURNS),
    ),
  ],
}
