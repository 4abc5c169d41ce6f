/** A list of undo functions that is walked once, newest first. */
export interface Disposer {
  /** After the disposal: undone at once. */
  add(undo: () => void): void
  dispose(): void
  readonly disposed: boolean
}

export function createDisposer(): Disposer {
  const undos: (() => void)[] = []
  let disposed = false
  return {
    get disposed() {
      return disposed
    },
    add(undo) {
      if (disposed) undo()
      else undos.push(undo)
    },
    dispose() {
      if (disposed) return
      disposed = true
      for (const undo of undos.splice(0).reverse()) undo()
    },
  }
}
