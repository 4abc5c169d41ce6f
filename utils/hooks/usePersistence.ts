import { useState } from 'react'

/** Asking the browser to keep what is stored; `answer` is undefined until it was asked. */
export function usePersistence(): {
  readonly canAsk: boolean
  readonly answer: boolean | undefined
  ask(): Promise<void>
} {
  const [answer, setAnswer] = useState<boolean>()
  // Insecure contexts have no storage manager, whatever the types say.
  const manager: StorageManager | undefined = globalThis.navigator?.storage
  const canAsk = typeof manager?.persist === 'function'
  return {
    canAsk,
    answer,
    async ask() {
      if (canAsk) setAnswer(await manager.persist().catch(() => false))
    },
  }
}
