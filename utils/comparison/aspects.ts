/** What of a run is compared. Each is worded as a cost, so that the arrow up is always the worse. */
export type Aspect = 'duration' | 'failures' | 'memory'

/** How an aspect is put into words; `name` as it begins a sentence. */
export interface AspectWords {
  readonly name: string
  readonly worse: string
  readonly better: string
  /** What an estimate's value is: a ratio to the usual, or a difference of two success rates. */
  readonly scale: 'ratio' | 'difference'
  /** What a ratio compares: `0.88× as long`. */
  readonly as: string
  /** The two ends of a baseline that a ratio's interval is against. */
  readonly ends: string
  /** What that is of, where it is not the cost itself; then the word does not measure the ratio. */
  readonly of?: string
}

/** An estimate of failures is of the success rate, one of memory of what was free: both are better when larger. */
export const ASPECTS: Readonly<Record<Aspect, AspectWords>> = {
  duration: {
    name: 'Scene duration',
    worse: 'slower',
    better: 'faster',
    scale: 'ratio',
    as: 'as long',
    ends: 'fastest and slowest',
  },
  failures: {
    name: 'Failures',
    worse: 'more failures',
    better: 'fewer failures',
    scale: 'difference',
    as: 'as many',
    ends: 'most and fewest',
  },
  memory: {
    name: 'VRAM used',
    worse: 'more VRAM used',
    better: 'less VRAM used',
    scale: 'ratio',
    as: 'as much free',
    ends: 'most and least',
    of: 'free',
  },
}
