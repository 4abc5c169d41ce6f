import { artifactToRun } from '../payload/artifactToRun'
import { parseArtifact } from '../payload/parseArtifact'
import { parseBoundedJson } from '../wire/boundedJson'
import { exportRecordsOf, exportVersionOf, parseExportRecord } from '../wire/exportFile'
import type { FilePiece, ReadRecord } from './readExport'
import { refusalOfVersion } from './refusals'
import { textDigest } from '../shared/textDigest'

/** As for artifact files; an export as we write it is read line by line and has no such bound. */
const BOUNDS = { maxChars: 32 * 2 ** 20, maxDepth: 64 }
/** Of them most are one byte a character. */
const MAX_BYTES = 2 * BOUNDS.maxChars

/** A JSON file that is no export as we write it: one that a tool wrote anew, or the host's artifact file (docs/files.md). */
export async function* readWhole(file: Blob): AsyncGenerator<FilePiece> {
  if (file.size > MAX_BYTES) return yield refused('The file is too large to be read whole.', file)
  const text = await file.text()
  const json = parseBoundedJson(text, BOUNDS)
  if (!json.ok) return yield refused(json.error, file)
  const version = exportVersionOf(json.value)
  if (version === undefined) return yield readArtifact(text, file)
  const refusal = refusalOfVersion(version)
  if (refusal !== undefined) return yield refused(refusal, file)
  yield* readRecords(json.value, file)
}

function readArtifact(text: string, { size: bytes }: Blob): FilePiece {
  const artifact = parseArtifact(text)
  if (!artifact.ok) {
    const reason = `This is neither a telemetry export nor an artifact file. ${artifact.error}`
    return { is: 'problem', problem: { line: 1, reason }, bytes }
  }
  const run = artifactToRun(artifact.value)
  const record: ReadRecord = { where: { line: 1 }, record: { kind: 'run', run }, digest: textDigest(text) }
  return { is: 'record', record, bytes }
}

function* readRecords(document: unknown, { size }: Blob): Generator<FilePiece> {
  const records = exportRecordsOf(document)
  for (const [index, value] of records.entries()) {
    const where = { path: `records.${index}` }
    const bytes = (size * (index + 1)) / records.length
    const read = parseExportRecord(value)
    if (!read.ok) yield { is: 'problem', problem: { ...where, reason: read.error }, bytes }
    else {
      const digest = textDigest(JSON.stringify(value))
      yield { is: 'record', record: { where, record: read.value, digest }, bytes }
    }
  }
}

/** The whole file is refused. */
export const refused = (reason: string, file: Blob): FilePiece => ({
  is: 'problem',
  problem: { line: 1, reason },
  bytes: file.size,
})
