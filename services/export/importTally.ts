import type { ImportProblem, ImportReport } from '../../types'

/** What became of runs, by number. */
export type ImportCounts = Pick<ImportReport, 'added' | 'same' | 'merged' | 'conflicting'>

/** An import's report as it grows. */
export interface ImportTally {
  add(counts: ImportCounts): void
  problem(problem: ImportProblem): void
  report(dryRun: boolean): ImportReport
}

/** As many are named; a file may have a hundred million lines that are none of ours. */
const MAX_PROBLEMS = 1_000

/** An empty report. */
export function createImportTally(): ImportTally {
  const sum = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const invalid: ImportProblem[] = []
  let unnamed = 0
  let last: ImportProblem | undefined
  return {
    add(counts) {
      sum.added += counts.added
      sum.same += counts.same
      sum.merged += counts.merged
      sum.conflicting += counts.conflicting
    },
    problem(problem) {
      if (invalid.length < MAX_PROBLEMS) invalid.push(problem)
      else unnamed += 1
      last = problem
    },
    report(dryRun) {
      const more =
        unnamed === 0 ? [] : [{ ...last, reason: `The last of ${unnamed} more that can't be read.` }]
      return { ...sum, invalid: [...invalid, ...more], dryRun }
    },
  }
}
