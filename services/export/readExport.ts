import type { ImportProblem } from '../../types'
import { parseExportLine, type ExportRecord } from '../wire/exportFile'
import { readLines, type FileLine } from './readLines'
import { textDigest } from '../shared/textDigest'

/** What a file holds, one after another: a record that is sound, or what is wrong. `bytes` of the file were read by then. */
export type FilePiece = { readonly bytes: number } & (
  | { readonly is: 'record'; readonly record: ReadRecord }
  | { readonly is: 'problem'; readonly problem: ImportProblem }
)
/** A sound record and where in the file it stands. */
export interface ReadRecord {
  readonly where: Pick<ImportProblem, 'line' | 'path'>
  readonly record: ExportRecord
  /** Equal for records of equal text. */
  readonly digest: number
}

/** UTF-16 units: a run of 10,000 scenes is below it. */
const MAX_LINE = 16 * 2 ** 20

/** The records of a JSON export, line by line (jsonFile.ts): what is wrong with a line costs that line only. */
export async function* readExport(file: Blob): AsyncGenerator<FilePiece> {
  let isEnded = false
  let last = 0
  for await (const { lines, bytes } of readLines(file, MAX_LINE))
    for (const each of lines) {
      last = each.line
      const read = readLine(each)
      if (read.is === 'nothing') continue
      if (isEnded) return yield problem(each.line, TRAILING, bytes)
      if (read.is === 'end') isEnded = true
      else if (read.is === 'record') yield { ...read, bytes }
      else yield problem(each.line, read.reason, bytes)
    }
  if (!isEnded) yield problem(last, CUT_OFF, file.size)
}

const CUT_OFF = 'The file ends before its last line: it was cut off, and what followed is missing.'
const TRAILING = 'Something follows the end of the export. It was not read.'

type ReadLine =
  | { readonly is: 'record'; readonly record: ReadRecord }
  | { readonly is: 'problem'; readonly reason: string }
  | { readonly is: 'nothing' }
  | { readonly is: 'end' }

function readLine({ line, text }: FileLine): ReadLine {
  if (text === undefined) return { is: 'problem', reason: 'The line is too long to be a record.' }
  const trimmed = text.trim()
  // The head was read before.
  if (trimmed === '' || line === 1) return { is: 'nothing' }
  if (trimmed === ']}') return { is: 'end' }
  const bare = trimmed.endsWith(',') ? trimmed.slice(0, -1) : trimmed
  const read = parseExportLine(bare)
  return read.ok
    ? { is: 'record', record: { where: { line }, record: read.value, digest: textDigest(bare) } }
    : { is: 'problem', reason: read.error }
}

const problem = (line: number, reason: string, bytes: number): FilePiece => ({
  is: 'problem',
  problem: { line, reason },
  bytes,
})
