import type { RecentDeletion } from '../../types'
import { numberAt, textAt, type ColumnChunk } from './columnChunk'
import { deletedRows } from './selectRuns'
import type { RunRef } from './selection'

/** The deletions since a time, newest first, each with those of its runs that are deleted still. */
export function deletionsOf(
  chunks: readonly ColumnChunk[],
  since: number,
): readonly Omit<RecentDeletion, 'until'>[] {
  const byToken = new Map<string, RunRef[]>()
  for (const chunk of chunks)
    for (const row of deletedRows(chunk)) {
      const token = textAt(chunk.runTexts.deletion, row)
      if (token === undefined || deletedAt({ chunk, row }) < since) continue
      const runs = byToken.get(token)
      if (runs) runs.push({ chunk, row })
      else byToken.set(token, [{ chunk, row }])
    }
  return [...byToken]
    .map(([token, runs]) => deletionOf(token, runs))
    .sort((a, b) => b.deletedAt - a.deletedAt || (a.token < b.token ? -1 : 1))
}

/** A deletion of many runs takes more than one moment; it is as old as its first. */
function deletionOf(token: string, runs: readonly RunRef[]): Omit<RecentDeletion, 'until'> {
  const firstName = [...runs]
    .sort((a, b) => timeOf(b) - timeOf(a))
    .map(nameOf)
    .find((name) => name !== undefined)
  return {
    token,
    deletedAt: runs.reduce((earliest, run) => Math.min(earliest, deletedAt(run)), Infinity),
    runs: runs.length,
    ...(firstName === undefined ? {} : { firstName }),
  }
}

const deletedAt = ({ chunk, row }: RunRef): number => numberAt(chunk.runNumbers.deletedAt, row) ?? 0
const timeOf = ({ chunk, row }: RunRef): number => numberAt(chunk.runNumbers.timestamp, row) ?? 0
const nameOf = ({ chunk, row }: RunRef): string | undefined => textAt(chunk.runTexts.runName, row)
