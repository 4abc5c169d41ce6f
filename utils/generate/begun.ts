import type { Generation, GenerateHandle } from '../../types'

/** Begins a run that goes on by itself: resolves once it runs, rejects if it comes to nothing before. */
export async function begun(
  handle: Pick<GenerateHandle, 'runId' | 'finished'>,
  generations: { getSnapshot(): readonly Generation[]; subscribe(listener: () => void): () => void },
): Promise<void> {
  let unsubscribe = (): void => undefined
  const running = new Promise<void>((resolve) => {
    const look = (): void => {
      const run = generations.getSnapshot().find(({ runId }) => runId === handle.runId)
      if (run && run.atServer + run.ended > 0) resolve()
    }
    unsubscribe = generations.subscribe(look)
    look()
  })
  try {
    await Promise.race([running, handle.finished])
  } finally {
    unsubscribe()
  }
}
