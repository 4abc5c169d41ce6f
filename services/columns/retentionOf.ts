import type { RetentionRules } from '../../types'
import { textAt } from './columnChunk'
import { orderRuns } from './orderRuns'
import type { RunRef, Selection } from './selection'

/** A run that rules take, as it stood when they were asked. */
export interface TakenRun {
  readonly runId: string
  readonly timestamp: number
  /** What it takes in storage, about. */
  readonly bytes: number
}

/**
 * The runs that the rules would delete, oldest first. A running run stays, and so does a tagged one if asked. `used`: what all runs
 * take in storage, bytes; less than was written where the browser compresses.
 */
export function retentionOf(
  visible: Selection,
  rules: RetentionRules,
  now: number,
  used = Infinity,
): readonly TakenRun[] {
  const oldestFirst = orderRuns(visible, { by: 'timestamp', direction: 'asc' })
  const all = Array.from({ length: oldestFirst.length }, (_, index) => oldestFirst.at(index)).flatMap(
    (ref) => ref ?? [],
  )
  const oldest = rules.maxAgeDays === undefined ? -Infinity : now - rules.maxAgeDays * DAY_MS
  let runs = all.length
  const written = all.reduce((sum, ref) => sum + bytesAt(ref), 0)
  const share = written === 0 ? 1 : Math.min(1, used / written)
  let bytes = written * share
  const isTooMuch = (ref: RunRef): boolean =>
    timeAt(ref) < oldest || runs > (rules.maxRuns ?? Infinity) || bytes > (rules.maxBytes ?? Infinity)
  const taken: TakenRun[] = []
  for (const ref of all) {
    if (!isTooMuch(ref) || isKept(ref, rules)) continue
    const freed = bytesAt(ref) * share
    taken.push({ runId: ref.chunk.runIds[ref.row] ?? '', timestamp: timeAt(ref), bytes: freed })
    runs -= 1
    bytes -= freed
  }
  return taken
}

const DAY_MS = 86_400_000

const timeAt = ({ chunk, row }: RunRef): number => chunk.runNumbers.timestamp[row] ?? 0
const bytesAt = ({ chunk, row }: RunRef): number => chunk.runNumbers.bytes[row] ?? 0
const isKept = ({ chunk, row }: RunRef, { keepTagged }: RetentionRules): boolean =>
  textAt(chunk.runTexts.status, row) === 'running' ||
  (keepTagged && textAt(chunk.runTexts.tags, row) !== undefined)
