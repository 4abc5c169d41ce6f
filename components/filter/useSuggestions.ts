import { useMemo, useState, type KeyboardEvent } from 'react'
import { completionsOf, type Completion, type CompletionSources } from '../../utils/filter/completions'

/** The list below a search field: what it has, and which of it the arrows stand on. */
export interface Suggestions {
  readonly items: readonly Completion[]
  readonly isOpen: boolean
  /** -1: none. */
  readonly active: number
  /** What the arrows stand on. */
  readonly chosen: Completion | undefined
  /** Moves in the list, opens and closes it; true when the key did. */
  onKey(event: KeyboardEvent): boolean
  /** The caret is here now; writing and arrows open the list, moving the caret alone does not. */
  setCaret(caret: number): void
  open(): void
  close(): void
}

/** How the text can go on where its caret is. */
export function useSuggestions(text: string, sources: CompletionSources): Suggestions {
  const [caret, setCaret] = useState(text.length)
  const [isWanted, setWanted] = useState(false)
  const [wanted, setActive] = useState(-1)
  const items = useMemo(
    () => (isWanted ? completionsOf(text, Math.min(caret, text.length), sources) : NONE),
    [isWanted, text, caret, sources],
  )
  const isOpen = items.length > 0
  const active = wanted < items.length ? wanted : -1
  const open = (): void => {
    setWanted(true)
    setActive(-1)
  }
  const close = (): void => setWanted(false)
  const step = (by: number): void => {
    const places = items.length + 1
    setActive(((active + 1 + by + places) % places) - 1)
  }
  const onKey = ({ key, altKey }: KeyboardEvent): boolean => {
    if (key === 'ArrowDown' && !isOpen) return (open(), true)
    if (key === 'ArrowDown' || key === 'ArrowUp')
      return isOpen && !altKey && (step(key === 'ArrowDown' ? 1 : -1), true)
    return key === 'Escape' && isOpen && (close(), true)
  }
  return { items, isOpen, active, chosen: items[active], onKey, setCaret, open, close }
}

const NONE: readonly Completion[] = []
