import { useCallback, useState, useSyncExternalStore } from 'react'
import type { ComfyUIService, Generation } from '../../types'
import { reasonOf } from '../format/reasonOf'
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

const IDLE = { isBusy: false, problem: null }
const sentenceOf = (error: unknown): string => reasonOf(error, 'That did not work. Try again.')
