import type { Storage } from './storage'

/** The bytes that the browser says this origin takes; undefined where it doesn't say, or has nothing of the history. */
export async function usedRoom({ mode }: Pick<Storage, 'mode'>): Promise<number | undefined> {
  if (mode === 'memory') return undefined
  const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => undefined)
  return estimate?.usage
}
