import type { AttemptRecord } from '../../types'
import { exitRank } from '../shared/exitReason'
import { canonicalJson } from '../shared/canonicalJson'

/**
 * One record an attempt, in the order they were queued and numbered by it. Attempts unite by (source, promptId), else (queuedAt,
 * number given); of two records of one attempt the higher-ranking exit reason wins, then the later end, then more fields, then the
 * greater canonical JSON (api.md, "Identity"). Numbers that rise in that order are kept, for earlier attempts may be known to nobody
 * here; others are replaced by their places, and kept as `attemptGiven`. Any order and repetition of the input gives the same list.
 */
export function mergeAttempts(attempts: readonly AttemptRecord[]): readonly AttemptRecord[] {
  const byKey = new Map<string, AttemptRecord>()
  for (const attempt of attempts) {
    const key = attemptKey(attempt)
    const known = byKey.get(key)
    byKey.set(key, known && compareRecords(known, attempt) >= 0 ? known : attempt)
  }
  const inOrder = [...byKey.entries()]
    .sort(([keyA, a], [keyB, b]) => compareOrder(a, b) || (keyA < keyB ? -1 : 1))
    .map(([, attempt]) => attempt)
  const given = inOrder.map(givenTo)
  const isRising = given.every((number, place) => number > (given[place - 1] ?? -1))
  return isRising ? inOrder : inOrder.map(numbered)
}

/** The number that its teller gave it. */
const givenTo = ({ attempt, attemptGiven = attempt }: AttemptRecord): number => attemptGiven

function numbered(record: AttemptRecord, place: number): AttemptRecord {
  const given = givenTo(record)
  const attempt = place + 1
  const { attemptGiven: _, ...rest } = record
  return given === attempt ? { ...rest, attempt } : { ...rest, attempt, attemptGiven: given }
}

function attemptKey(record: AttemptRecord): string {
  const { promptId, source, queuedAt } = record
  return promptId === undefined
    ? `\u0001${queuedAt ?? ''}\u0000${givenTo(record)}`
    : `${source ?? ''}\u0000${promptId}`
}

function compareRecords(a: AttemptRecord, b: AttemptRecord): number {
  const [toldA, toldB] = [asGiven(a), asGiven(b)]
  return (
    exitRank(a.exitReason) - exitRank(b.exitReason) ||
    (a.endedAt ?? 0) - (b.endedAt ?? 0) ||
    Object.keys(toldA).length - Object.keys(toldB).length ||
    compareText(canonicalJson(toldA), canonicalJson(toldB)) ||
    a.attempt - b.attempt
  )
}

/** As its teller told it: a number that was given here must not decide. */
function asGiven(record: AttemptRecord): AttemptRecord {
  const { attemptGiven: _, ...told } = record
  return { ...told, attempt: givenTo(record) }
}

function compareOrder(a: AttemptRecord, b: AttemptRecord): number {
  return timeOf(a) - timeOf(b) || givenTo(a) - givenTo(b)
}

const timeOf = ({ queuedAt, startedAt, endedAt }: AttemptRecord): number =>
  queuedAt ?? startedAt ?? endedAt ?? 0
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
