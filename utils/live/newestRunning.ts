import type { LiveRun, LiveState } from '../../types'

/** The run that began last of those with a scene queued or executing; undefined when none goes on. */
export function newestRunning(state: LiveState): LiveRun | undefined {
  const open = new Set<string | undefined>()
  for (const { status, runId } of state.scenes.values())
    if (status === 'executing' || status === 'queued') open.add(runId)
  let newest: LiveRun | undefined
  for (const run of state.runs)
    if (open.has(run.runId) && run.firstAt > (newest?.firstAt ?? -Infinity)) newest = run
  return newest
}

/** When the newest run that goes on began, by the local clock; undefined when none does. */
export function runningSince(state: LiveState): number | undefined {
  const run = newestRunning(state)
  return run && run.firstAt + (state.server?.clockOffset ?? 0)
}
