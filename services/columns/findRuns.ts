import type { ColumnChunk, RunText } from './columnChunk'
import { codeOf } from './measured'
import { listOf } from './readRow'
import { isVisible } from './selectRuns'

/** Ids of the runs, deleted ones too, with this text in a column. */
export function runsWithText(
  chunks: readonly ColumnChunk[],
  column: RunText,
  text: string,
): readonly string[] {
  return chunks.flatMap(({ runIds, runTexts }) => {
    const code = codeOf(runTexts[column], text)
    return code === undefined ? [] : runIds.filter((_, row) => runTexts[column].codes[row] === code)
  })
}

/** Ids of the runs that have a tag and are not deleted. */
export function runsWithTag(chunks: readonly ColumnChunk[], tag: string): readonly string[] {
  return chunks.flatMap((chunk) => {
    const { values, codes } = chunk.runTexts.tags
    const has = values.map((list) => listOf(list).includes(tag))
    return chunk.runIds.filter((_, row) => has[(codes[row] ?? 0) - 1] === true && isVisible(chunk, row))
  })
}

/** Ids of the runs that were deleted before a time. */
export function runsDeletedBefore(chunks: readonly ColumnChunk[], time: number): readonly string[] {
  return chunks.flatMap(({ runIds, runNumbers }) =>
    runIds.filter((_, row) => (runNumbers.deletedAt[row] ?? Infinity) < time),
  )
}
