/** Row H8's reference: one bare IndexedDB transaction with the puts of one finished run, and nothing else. */
export async function bareSave(
  db: IDBDatabase,
  puts: readonly (readonly [store: string, value: object])[],
): Promise<void> {
  const tx = db.transaction([...new Set(puts.map(([store]) => store))], 'readwrite')
  for (const [store, value] of puts) tx.objectStore(store).put(value)
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error ?? new Error('The transaction was aborted.'))
  })
}
