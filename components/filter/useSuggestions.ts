import { useMemo, useState, type KeyboardEvent } from 'react'
import { completionsOf, type Completion, type CompletionSources } from '../../utils/filter/completions'

/** The list below a search field: what it has, and which of it the arrows stand on. */
export interface Suggestions {
  readonly items: readonly Completion[]
  readonly isOpen: boolean
  /** -1: none. */
  readonly active: number
  /** What the field's keys do to the list; true when the key was the list's. */
  onKey(event: KeyboardEvent): boolean
  /** The caret is here now; writing and arrows open the list, moving the caret alone does not. */
  setCaret(caret: number): void
  open(): void
  close(): void
}

/** `onPick` takes a suggestion into the text. */
export function useSuggestions(
  text: string,
  sources: CompletionSources,
  onPick: (completion: Completion) => void,
): Suggestions {
  const [caret, setCaret] = useState(text.length)
  const [isWanted, setWanted] = useState(false)
  const [chosen, setActive] = useState(-1)
  const items = useMemo(
    () => (isWanted ? completionsOf(text, Math.min(caret, text.length), sources) : NONE),
    [isWanted, text, caret, sources],
  )
  const isOpen = items.length > 0
  const active = chosen < items.length ? chosen : -1
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
    if (key === 'Escape' && isOpen) return (close(), true)
    const item = items[active]
    if (key !== 'Enter' || !item) return false
    setActive(-1)
    onPick(item)
    return true
  }
  return { items, isOpen, active, onKey, setCaret, open, close }
}

const NONE: readonly Completion[] = []
