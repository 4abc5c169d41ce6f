/** A tab's own way to the databases that all tabs share. */
export interface WrappedIndexedDB {
  readonly factory: IDBFactory
  /** What is being written is not, and nothing is read or written from now on. */
  kill(): void
  /** While full, nothing can be put. */
  setFull(isFull: boolean): void
}

export function wrapIndexedDB(real: IDBFactory): WrappedIndexedDB {
  const running = new Set<IDBTransaction>()
  let isDead = false
  let isFull = false

  const watch = (db: IDBDatabase): void => {
    const begin = db.transaction.bind(db)
    db.transaction = (...args) => {
      if (isDead) throw new DOMException('The tab is gone.', 'InvalidStateError')
      const tx = begin(...args)
      running.add(tx)
      for (const end of ['complete', 'abort']) tx.addEventListener(end, () => running.delete(tx))
      const storeOf = tx.objectStore.bind(tx)
      tx.objectStore = (name) => limit(storeOf(name))
      return tx
    }
  }
  const limit = (store: IDBObjectStore): IDBObjectStore => {
    const put = store.put.bind(store)
    store.put = (...args) => {
      if (isFull) throw new DOMException('The disk is full.', 'QuotaExceededError')
      return put(...args)
    }
    return store
  }
  return {
    factory: new Proxy(real, {
      get(target, name) {
        if (name !== 'open') return Reflect.get(target, name)
        return (...args: Parameters<IDBFactory['open']>) => {
          const request = target.open(...args)
          request.addEventListener('success', () => watch(request.result))
          return request
        }
      },
    }),
    kill() {
      isDead = true
      for (const tx of [...running]) abort(tx)
    },
    setFull: (next) => void (isFull = next),
  }
}

/** One that a request's failure aborted already is dead all the same. */
function abort(tx: IDBTransaction): void {
  try {
    tx.abort()
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error
  }
}
