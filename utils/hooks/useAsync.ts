import { useEffect, useState } from 'react'
import { reasonOf } from '../format/reasonOf'

/** An answer that is on its way, here, or not to be had. While a newer one is on its way the last one stays. */
export interface AsyncAnswer<T> {
  readonly value: T | undefined
  readonly loading: boolean
  readonly error: string | null
}

/**
 * Asks again whenever `ask` changes (memoise it); an answer that a newer question overtook is dropped, its question aborted.
 */
export function useAsync<T>(ask: (signal: AbortSignal) => Promise<T>): AsyncAnswer<T> {
  const [answer, setAnswer] = useState<AsyncAnswer<T> & { readonly of?: unknown }>(WAITING)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    ask(signal).then(
      (value) => signal.aborted || setAnswer({ value, loading: false, error: null, of: ask }),
      (error: unknown) => {
        if (signal.aborted) return
        const message = reasonOf(error, 'The answer could not be had. Try again.')
        setAnswer((last) => ({ value: last.value, loading: false, error: message, of: ask }))
      },
    )
    return () => controller.abort()
  }, [ask])
  return { value: answer.value, error: answer.error, loading: answer.of !== ask }
}

const WAITING = { value: undefined, loading: true, error: null }
