import type { Browser } from '@playwright/test'

/** A row of docs/benchmarks.md as it was measured. */
export interface MeasuredRow {
  readonly id: string
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly bar: number
  readonly holds: boolean
  readonly reference?: string
}
export interface BenchContext {
  readonly browser: Browser
  /** Where the built bench pages are served. */
  readonly pages: string
  /** A browser profile to keep, so that its history need not be seeded again; default: one that goes with the run. */
  readonly profile?: string
}
export interface BenchRow {
  readonly id: string
  measure(context: BenchContext): Promise<readonly MeasuredRow[]>
}

/** At most `bar` is good in every row so far. */
export const row = (fields: Omit<MeasuredRow, 'holds'>): MeasuredRow => ({
  ...fields,
  holds: fields.value <= fields.bar,
})

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The nearest-rank quantile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Runs a measurement several times, one after another, and takes the median. */
export async function medianOf(runs: number, once: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let run = 0; run < runs; run++) values.push(await once())
  return median(values)
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
