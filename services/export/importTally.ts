import type { ImportProblem, ImportReport } from '../../types'

/** What became of runs, by number. */
export type ImportCounts = Pick<ImportReport, 'added' | 'same' | 'merged' | 'conflicting'>

/** An import's report as it grows. */
export interface ImportTally {
  add(counts: ImportCounts): void
  problem(problem: ImportProblem): void
  /** Merging left something of a run out. */
  leftOut(problem: ImportProblem): void
  report(dryRun: boolean): ImportReport
}

/** An empty report. */
export function createImportTally(): ImportTally {
  const sum = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const invalid = createProblems((more) => `The last of ${more} more that can't be read.`)
  const leftOut = createProblems((more) => `The last of ${more} more that hold too much.`)
  return {
    add(counts) {
      sum.added += counts.added
      sum.same += counts.same
      sum.merged += counts.merged
      sum.conflicting += counts.conflicting
    },
    problem: invalid.add,
    leftOut: leftOut.add,
    report(dryRun) {
      const out = leftOut.list()
      return { ...sum, invalid: invalid.list(), ...(out.length > 0 ? { leftOut: out } : {}), dryRun }
    },
  }
}

/** As many are named; a file may have a hundred million lines that are none of ours. */
const MAX_PROBLEMS = 1_000

function createProblems(moreWords: (more: number) => string): {
  add(problem: ImportProblem): void
  list(): readonly ImportProblem[]
} {
  const named: ImportProblem[] = []
  let unnamed = 0
  let last: ImportProblem | undefined
  return {
    add(problem) {
      if (named.length < MAX_PROBLEMS) named.push(problem)
      else unnamed += 1
      last = problem
    },
    list: () => (unnamed === 0 ? [...named] : [...named, { ...last, reason: moreWords(unnamed) }]),
  }
}
