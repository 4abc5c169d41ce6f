import type { IDBPDatabase } from 'idb'

const ROWS = 50

/** Row H2's reference: all runs by `getAll`, the newest 50 of them in a table. */
export async function renderNewest(db: IDBPDatabase, table: HTMLElement): Promise<void> {
  const runs: { timestamp: number; runName?: string; averageDuration?: number }[] = await db.getAll('runs')
  runs.sort((a, b) => b.timestamp - a.timestamp)
  for (const { timestamp, runName = '', averageDuration } of runs.slice(0, ROWS)) {
    const row = document.createElement('tr')
    for (const text of [new Date(timestamp).toLocaleString(), runName, averageDuration?.toFixed(0) ?? '']) {
      const cell = document.createElement('td')
      cell.textContent = text
      row.append(cell)
    }
    table.append(row)
  }
  if (runs.length === 0) table.append(document.createElement('td'))
}
