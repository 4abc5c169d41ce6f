import type { LiveRun, LiveState } from '../../types'

/** What decides between the runs of a server. */
export interface RunChoice {
  /** The one that the address names. */
  readonly runId?: string | undefined
  /** Those that this tab queues. */
  readonly own?: readonly string[]
  /** The one that was shown so far. */
  readonly before?: string | undefined
}

/**
 * The run that the Live page shows: the one that is asked for; else one that this tab queues, then one that executes, so that what is
 * merely queued takes nobody's place; else the one that was told of last.
 */
export function shownRun(state: LiveState, { runId, own = [], before }: RunChoice): LiveRun | undefined {
  const { runs } = state
  if (runId !== undefined) return runs.find((run) => run.runId === runId)
  const executing = new Set<string | undefined>()
  for (const scene of state.scenes.values()) if (scene.status === 'executing') executing.add(scene.runId)
  return (
    runs.find((run) => own.includes(run.runId)) ??
    runs.find((run) => run.runId === before && executing.has(before)) ??
    runs.find((run) => executing.has(run.runId)) ??
    runs[0]
  )
}
