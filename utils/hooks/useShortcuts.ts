import { useLayoutEffect, useRef } from 'react'
import { usePreference } from './usePreference'

/** What a key does; two keys one after another are written `g l`, one with Ctrl (or ⌘) held `Ctrl+z`. */
export type Shortcuts = Readonly<Record<string, () => void>>

/** The second key of a pair is waited for so long. */
const PAIR_MS = 1_500

/**
 * Keys of the whole page. Silent while typing, with another modifier held, inside a dialog, when `isOff`, and where the keys are switched off.
 */
export function useShortcuts(shortcuts: Shortcuts, isOff = false): void {
  const [keys] = usePreference('keys', ['on', 'off'])
  const isSilent = isOff || keys === 'off'
  const latest = useRef(shortcuts)
  // Of the layout: a key pressed as soon as the page is seen is heard.
  useLayoutEffect(() => {
    latest.current = shortcuts
  })
  useLayoutEffect(() => {
    if (isSilent) return
    let first: { readonly key: string; readonly at: number } | undefined
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || isTyping(event.target)) return
      const key = event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key
      const pair = first && event.timeStamp - first.at < PAIR_MS ? `${first.key} ${key}` : undefined
      const action = (pair === undefined ? undefined : latest.current[pair]) ?? latest.current[key]
      first = action ? undefined : { key, at: event.timeStamp }
      if (!action) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isSilent])
}

const TYPING = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null
}
