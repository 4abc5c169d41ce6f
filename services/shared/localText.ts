/** Before every name that this module keeps in localStorage. */
const PREFIX = 'gemdirect1-telemetry.'

/** A text that this browser keeps; null when there is none, storage is denied, or there is no localStorage (in a worker). */
export function readLocalText(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null // denied
  }
}

/** Keeps a text; false where storage is denied or full. An empty text is none. */
export function writeLocalText(name: string, text: string): boolean {
  try {
    if (text === '') localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, text)
    return true
  } catch {
    return false
  }
}

/** Calls `listener` when another tab kept or removed it; returns the undo. */
export function onLocalText(name: string, listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === null || key === PREFIX + name) listener()
  }
  globalThis.addEventListener?.('storage', onStorage)
  return () => globalThis.removeEventListener?.('storage', onStorage)
}
