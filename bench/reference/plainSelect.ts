import type { ColumnChunk } from '../../services/columns/columnChunk'

/** What is asked of some scene of a run, but for `tag` and `from`, which are the run's own. */
export interface PlainCriteria {
  readonly status?: string
  readonly gpu?: string
  /** ms. */
  readonly minDuration?: number
  readonly tag?: string
  /** Epoch ms. */
  readonly from?: number
}
/** Which chunk and row each run that matches is in, in the order in which they are stored. */
export interface PlainMatches {
  readonly chunks: readonly number[]
  readonly rows: readonly number[]
}

const ANY = -1

/** Rows F1 and H3's reference: one loop over the typed arrays, by hand. */
export function plainSelect(all: readonly ColumnChunk[], criteria: PlainCriteria): PlainMatches {
  const { minDuration = -1, from = -Infinity } = criteria
  const chunks: number[] = []
  const rows: number[] = []
  for (let at = 0; at < all.length; at++) {
    const chunk = all[at] as ColumnChunk
    const { starts, runNumbers, runTexts, sceneNumbers, sceneTexts } = chunk
    const { timestamp, deletedAt } = runNumbers
    const { duration } = sceneNumbers
    const statuses = sceneTexts.status.codes
    const gpus = sceneTexts.gpu.codes
    const tags = runTexts.tags.codes
    const status = codeOf(sceneTexts.status.values, criteria.status)
    const gpu = codeOf(sceneTexts.gpu.values, criteria.gpu)
    const tagged = runTexts.tags.values.map((list) =>
      (JSON.parse(list) as string[]).includes(criteria.tag ?? ''),
    )
    const runs = chunk.runIds.length
    for (let run = 0; run < runs; run++) {
      if ((timestamp[run] as number) < from || !Number.isNaN(deletedAt[run])) continue
      if (criteria.tag !== undefined && !tagged[(tags[run] as number) - 1]) continue
      const end = starts[run + 1] as number
      for (let scene = starts[run] as number; scene < end; scene++) {
        if (status !== ANY && statuses[scene] !== status) continue
        if (gpu !== ANY && gpus[scene] !== gpu) continue
        if (minDuration >= 0 && !((duration[scene] as number) >= minDuration)) continue
        chunks.push(at)
        rows.push(run)
        break
      }
    }
  }
  return { chunks, rows }
}

/** The newest so many, newest first: runs are stored in the order of time. */
export function plainNewest(
  all: readonly ColumnChunk[],
  { chunks, rows }: PlainMatches,
  limit: number,
): string[] {
  const ids: string[] = []
  for (let at = rows.length - 1; at >= 0 && ids.length < limit; at--)
    ids.push(all[chunks[at] as number]?.runIds[rows[at] as number] as string)
  return ids
}

const codeOf = (values: readonly string[], value: string | undefined): number =>
  value === undefined ? ANY : values.indexOf(value) + 1 || values.length + 1
