/**
 * Calls back when the network comes back or the page becomes visible again; works in a worker too, which has the first only.
 * Returns its undo.
 */
export function onWakeUp(callback: () => void): () => void {
  const page = globalThis.document
  const onVisible = (): void => {
    if (page.visibilityState === 'visible') callback()
  }
  globalThis.addEventListener?.('online', callback)
  page?.addEventListener('visibilitychange', onVisible)
  return () => {
    globalThis.removeEventListener?.('online', callback)
    page?.removeEventListener('visibilitychange', onVisible)
  }
}
