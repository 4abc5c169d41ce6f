import { useState } from 'react'

/**
 * A list that stands still while it is read: held, it stays as it was, and `waiting` counts what has come since. Items are told
 * apart by `id`.
 */
export function useHeldList<T extends { readonly id: string }>(
  items: readonly T[],
  isHeld: boolean,
): { readonly shown: readonly T[]; readonly waiting: number } {
  const [held, setHeld] = useState<readonly T[] | null>(null)
  if (isHeld && held === null) setHeld(items)
  if (!isHeld && held !== null) setHeld(null)
  const shown = isHeld && held !== null ? held : items
  const newest = shown.at(-1)?.id
  const at = newest === undefined ? -1 : items.findIndex(({ id }) => id === newest)
  return { shown, waiting: items.length - 1 - at }
}
