/** What is read of an index; idb's own declarations know no `getAllRecords` yet. */
interface ReadableIndex<T> {
  openCursor(range: null, direction: 'prev'): Promise<ReadCursor<T> | null>
}
interface ReadCursor<T> {
  readonly value: T
  continue(): Promise<ReadCursor<T> | null>
}
interface BackwardIndex<T> {
  getAllRecords(options: {
    readonly direction: 'prev'
    readonly count: number
  }): Promise<readonly { readonly value: T }[]>
}

/** The last values of an index, last first. A cursor asks for each by itself: it is for browsers without `getAllRecords`. */
export async function newestOf<T>(index: ReadableIndex<T>, limit: number): Promise<T[]> {
  if (readsBackwards<T>(index)) {
    const records = await index.getAllRecords({ direction: 'prev', count: limit })
    return records.map(({ value }) => value)
  }
  const found: T[] = []
  let cursor = await index.openCursor(null, 'prev')
  while (cursor && found.length < limit) {
    found.push(cursor.value)
    cursor = await cursor.continue()
  }
  return found
}

const readsBackwards = <T>(index: object): index is BackwardIndex<T> => 'getAllRecords' in index
