import { createBreather, type Breather } from '../shared/createBreather'
import { createTextBlob } from './createTextBlob'
import { csvCell, type CsvValue } from './csvCell'

/** A column of a table. */
export interface CsvColumn<Row> {
  /** The heading. */
  readonly name: string
  readonly value: (row: Row) => CsvValue
}

/** Written at once, 2,000 rows of ten columns: the page stays alive, and papaparse costs what it costs for all at once. */
const CELLS = 20_000

/**
 * A table as CSV that a spreadsheet opens: UTF-8 with a byte order mark, CRLF, a line of headings; text that looks like a formula is
 * made harmless (csvCell). Rejects with what the rows reject with.
 */
export async function tableCsv<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  columns: readonly CsvColumn<Row>[],
  breathe: Breather = createBreather(),
): Promise<Blob> {
  const { default: papaparse } = await import('papaparse')
  const file = createTextBlob()
  const put = (lines: readonly (readonly (string | number)[])[]): void =>
    file.append(
      `${papaparse.unparse(
        lines.map((line) => [...line]),
        { newline: '\r\n' },
      )}\r\n`,
    )
  file.append('\ufeff')
  put([columns.map(({ name }) => csvCell(name))])
  let lines: (string | number)[][] = []
  for await (const row of rows) {
    lines.push(columns.map(({ value }) => csvCell(value(row))))
    await breathe()
    if (lines.length * columns.length < CELLS) continue
    put(lines)
    lines = []
  }
  if (lines.length > 0) put(lines)
  return file.toBlob('text/csv;charset=utf-8')
}
