import type { GenerateRequest, HistoricalRun } from '../../types'

export interface SavedRunWorld {
  readonly getRun: (runId: string) => Promise<HistoricalRun | undefined>
  readonly subscribe: (listener: () => void) => () => void
  readonly now: () => number
}

/** A recorder that has not written a run's end by then will not soon: it is paused, or another tab's. */
const WAIT_MS = 20_000

/** The run as the history has it once it is over there, with the end of each of its prompts; after 20 s as far as it is known. Never rejects. */
export async function savedRun(
  runId: string,
  request: GenerateRequest,
  promptIds: readonly string[],
  world: SavedRunWorld,
): Promise<HistoricalRun> {
  const read = (): Promise<HistoricalRun | undefined> => world.getRun(runId).catch(() => undefined)
  const isOver = (run: HistoricalRun | undefined): run is HistoricalRun =>
    run?.status !== undefined && run.status !== 'running' && hasAll(run, promptIds)
  const ended = await new Promise<HistoricalRun | undefined>((resolve) => {
    const timer = setTimeout(() => done(undefined), WAIT_MS)
    const unsubscribe = world.subscribe(look)
    function done(run: HistoricalRun | undefined): void {
      clearTimeout(timer)
      unsubscribe()
      resolve(run)
    }
    function look(): void {
      void read().then((run) => (isOver(run) ? done(run) : undefined))
    }
    look()
  })
  const { runName, storyId, policy } = request
  return (
    ended ??
    (await read()) ?? {
      runId,
      timestamp: world.now(),
      scenes: [],
      fallbackCount: 0,
      policy,
      ...(runName === undefined ? {} : { runName }),
      ...(storyId === undefined ? {} : { storyId }),
    }
  )
}

function hasAll({ scenes }: HistoricalRun, promptIds: readonly string[]): boolean {
  const known = new Set(
    scenes.flatMap(({ attemptLog }) => (attemptLog ?? []).map(({ promptId }) => promptId)),
  )
  return promptIds.every((promptId) => known.has(promptId))
}
