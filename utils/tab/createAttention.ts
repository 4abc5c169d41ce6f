/** Whether somebody looks at the page. Whoever made it disposes of it. */
export interface Attention {
  isVisible(): boolean
  /** The page is hidden, or another tab or window has the keyboard. */
  isElsewhere(): boolean
  /** Until when the page was seen: now while it is; of a page that was opened unseen, its opening. */
  seenUntil(): number
  /** Called when the page is hidden and when it is seen again. */
  subscribe(listener: () => void): () => void
  dispose(): void
}

/** By the page's visibility: a window in sight counts as seen, whether or not it has the keyboard. */
export function createAttention(): Attention {
  const listeners = new Set<() => void>()
  const isVisible = (): boolean => document.visibilityState === 'visible'
  let hiddenAt = Date.now()
  const onChange = (): void => {
    if (!isVisible()) hiddenAt = Date.now()
    for (const listener of [...listeners]) listener()
  }
  document.addEventListener('visibilitychange', onChange)
  return {
    isVisible,
    isElsewhere: () => !isVisible() || !document.hasFocus(),
    seenUntil: () => (isVisible() ? Date.now() : hiddenAt),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    dispose() {
      document.removeEventListener('visibilitychange', onChange)
      listeners.clear()
    },
  }
}
