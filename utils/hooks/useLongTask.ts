import { useCallback, useRef, useState } from 'react'

/** Work that takes seconds to minutes: how far it is, what came of it, or why nothing did, in a sentence. */
export type LongTask<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly share: number }
  | { readonly status: 'done'; readonly value: T }
  | { readonly status: 'failed'; readonly message: string }

/** What the work is given: progress from 0 to 1, and the signal by which it is cancelled. */
export interface LongTaskTools {
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/**
 * One piece of long work at a time. `start` cancels what still runs; a cancelled one is idle again. What runs goes on when the component
 * is left: it is told by what it does, and a half of it would be worse.
 */
export function useLongTask<T>(): LongTask<T> & {
  start(work: (tools: LongTaskTools) => Promise<T>): void
  cancel(): void
} {
  const [task, setTask] = useState<LongTask<T>>(IDLE)
  const controller = useRef<AbortController>(null)
  const cancel = useCallback(() => {
    controller.current?.abort()
    setTask(IDLE)
  }, [])
  const start = useCallback((work: (tools: LongTaskTools) => Promise<T>) => {
    controller.current?.abort()
    const { signal } = (controller.current = new AbortController())
    const tell = (next: LongTask<T>): void => {
      if (!signal.aborted) setTask(next)
    }
    tell({ status: 'running', share: 0 })
    work({ signal, onProgress: (share) => tell({ status: 'running', share }) }).then(
      (value) => tell({ status: 'done', value }),
      (error: unknown) => tell({ status: 'failed', message: sentenceOf(error) }),
    )
  }, [])
  return { ...task, start, cancel }
}

const IDLE = { status: 'idle' } as const

const sentenceOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : 'It could not be done. Try again.'
