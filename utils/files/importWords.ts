import type { ImportProblem, ImportReport } from '../../types'
import { count, whole } from '../format/formatCount'

/** Named one by one; of the rest the number. */
const NAMED = 5

/** `Would add 312 runs and merge 4; 10 are there already.`, or what was done, in the past tense. */
export function importSentence(report: ImportReport): string {
  const { added, merged, conflicting, same, dryRun } = report
  const [add, merge] = dryRun ? ['add', 'merge'] : ['added', 'merged']
  const changed = merged + conflicting
  const parts = [
    ...(added > 0 ? [`${add} ${count(added, 'run')}`] : []),
    ...(changed > 0 ? [`${merge} ${added > 0 ? whole(changed) : count(changed, 'run')}`] : []),
  ]
  const there = same === 0 ? '' : `${whole(same)} ${same === 1 ? 'is' : 'are'} there already`
  const doing = parts.join(' and ')
  if (doing === '')
    return there === '' ? 'There is no run in it that can be read.' : `${there}; nothing changes.`
  const begin = dryRun ? `Would ${doing}` : `${doing.charAt(0).toUpperCase()}${doing.slice(1)}`
  return there === '' ? `${begin}.` : `${begin}; ${there}.`
}

/** Runs that importing would write. */
export const changesOf = ({ added, merged, conflicting }: ImportReport): number =>
  added + merged + conflicting

/** What is wrong with a file, or what of it has no place, a sentence each. */
export function problemLines(problems: readonly ImportProblem[]): readonly string[] {
  const named = problems.slice(0, NAMED).map(problemLine)
  const more = problems.length - named.length
  return more > 0 ? [...named, `And ${whole(more)} more.`] : named
}

function problemLine({ line, path, reason }: ImportProblem): string {
  if (line !== undefined) return `Line ${whole(line)}: ${reason}`
  return path === undefined ? reason : `${path}: ${reason}`
}
