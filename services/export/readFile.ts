import { parseExportHead } from '../wire/exportFile'
import { readExport, type FilePiece } from './readExport'
import { readWhole, refused } from './readWhole'
import { refusalOfStart, refusalOfVersion } from './refusals'

/** The head of an export is far below it. */
const START = 4_096

/** What a file of unknown origin holds. Never rejects: what can't be read is a problem, in a sentence that says what to do. */
export async function* readFile(file: Blob): AsyncGenerator<FilePiece> {
  try {
    const start = (await file.slice(0, START).text()).replace(/^\uFEFF/, '')
    const refusal = refusalOfStart(start)
    if (refusal !== undefined) return yield refused(refusal, file)
    const version = parseExportHead(start.split('\n', 1)[0] ?? '')
    if (version === undefined) return yield* readWhole(file)
    const tooNew = refusalOfVersion(version)
    if (tooNew !== undefined) return yield refused(tooNew, file)
    yield* readExport(file)
  } catch {
    yield { is: 'problem', problem: { reason: GONE }, bytes: file.size }
  }
}

const GONE =
  'The file could not be read any further: it was changed, moved or deleted meanwhile. Choose it again.'
