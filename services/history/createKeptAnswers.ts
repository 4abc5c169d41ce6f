import type { ColumnChunk } from '../columns/columnChunk'
import { createRecentMap } from '../shared/createRecentMap'
import { deepFreeze } from '../shared/deepFreeze'

/** The answer of that key about these columns: the one that is kept, else the one that `make` makes. */
export type KeptAnswers<T> = (chunks: readonly ColumnChunk[], key: string, make: () => T) => T

/**
 * Keeps the last `most` answers about the columns as they were last read: a page asks the same again for every part of it that shows
 * it. With other columns nothing is kept of the last ones. They are frozen, for whoever asks gets the same.
 */
export function createKeptAnswers<T>(most: number): KeptAnswers<T> {
  let of: readonly ColumnChunk[] = []
  let byKey = createRecentMap<{ readonly answer: T }>(most)
  return (chunks, key, make) => {
    if (of !== chunks) byKey = createRecentMap(most)
    of = chunks
    const known = byKey.get(key)
    if (known) return known.answer
    const answer = deepFreeze(make())
    byKey.set(key, { answer })
    return answer
  }
}
