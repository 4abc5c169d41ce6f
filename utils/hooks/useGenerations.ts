import { useCallback, useState, useSyncExternalStore } from 'react'
import type { ComfyUIService, Generation, GenerateHandle } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useNow } from './useNow'

/** The runs that this tab queues. */
export function useGenerations(): readonly Generation[] {
  const { generations } = useTelemetry()
  return useSyncExternalStore(generations.subscribe, generations.getSnapshot)
}

/** A tab that went away tells nobody: its runs are free some seconds later. */
const ASK_AGAIN_MS = 3_000

/** Runs whose tab went away before they were done. Asked again every few seconds, and when a run began or ended here. */
export function useUnfinished(): AsyncAnswer<Awaited<ReturnType<ComfyUIService['unfinished']>>> & {
  refresh(): void
} {
  const { comfy } = useTelemetry()
  const running = useGenerations().length
  const beat = useNow(ASK_AGAIN_MS)
  const [asked, setAsked] = useState(0)
  const answer = useAsync(
    useCallback(() => {
      void running
      void beat
      void asked
      return comfy.unfinished()
    }, [comfy, running, beat, asked]),
  )
  return { ...answer, refresh: useCallback(() => setAsked((count) => count + 1), []) }
}

/** Something asked of the queue: whether it is under way, and why it failed, in a sentence. */
export function useQueueAction(): {
  readonly isBusy: boolean
  readonly problem: string | null
  run(action: () => Promise<unknown>): void
} {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly problem: string | null }>(IDLE)
  const run = useCallback((action: () => Promise<unknown>) => {
    setState({ isBusy: true, problem: null })
    action().then(
      () => setState(IDLE),
      (error: unknown) => setState({ isBusy: false, problem: sentenceOf(error) }),
    )
  }, [])
  return { ...state, run }
}

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

const IDLE = { isBusy: false, problem: null }
const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'That did not work. Try again.'
