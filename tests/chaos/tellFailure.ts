import { createFaultSchedule } from './createFaultSchedule'
import type { PlanReport } from './runPlan'

const MAX_PROBLEMS = 20

/** What was wrong, the plan that it was wrong under, and the command that plays it alone. */
export function tellFailure({ seed, problems, faults, pages }: PlanReport, alone: string): void {
  const lines = [
    `\nSeed ${seed} failed. Alone: ${alone}`,
    ...problems.slice(0, MAX_PROBLEMS).map((problem) => `  ${problem}`),
    `  on the wire: ${JSON.stringify(faults)}`,
    ...pages.map((page) => `  a page: ${page}`),
    ...createFaultSchedule(seed).steps.map((step) => `  ${JSON.stringify(step)}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
