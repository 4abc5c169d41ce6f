import type { AttemptRecord } from '../../types'
import { exitRank } from '../shared/exitReason'
import { canonicalJson } from '../shared/canonicalJson'
import { MAX_ATTEMPTS } from '../wire/recordLimits'

/**
 * One record an attempt, in the order they were queued and numbered by it. Attempts unite by (source, promptId), else (queuedAt,
 * number given); of two records of one attempt the higher-ranking exit reason wins, then the later end, then more fields, then the
 * greater canonical JSON (docs/history.md, "Saving"). One server's own numbers tell the order better than its clock, which may be set back.
 * Numbers that rise in that order are kept, for earlier attempts may be known to nobody here; others are replaced by their places, and
 * kept as `attemptGiven`. Of more than MAX_ATTEMPTS the newest stay. Any order and repetition of the input gives the same list.
 */
export function mergeAttempts(attempts: readonly AttemptRecord[]): readonly AttemptRecord[] {
  const byKey = new Map<string, AttemptRecord>()
  for (const attempt of attempts.map(asGiven)) {
    const key = attemptKey(attempt)
    const known = byKey.get(key)
    byKey.set(key, known && compareRecords(known, attempt) >= 0 ? known : attempt)
  }
  const entries = newest([...byKey])
  const compareOrder = isOfOneCount(entries.map(([, attempt]) => attempt)) ? byNumber : byTime
  const inOrder = entries.sort(byKeyAfter(compareOrder)).map(([, attempt]) => attempt)
  const isRising = inOrder.every(({ attempt }, place) => attempt > (inOrder[place - 1]?.attempt ?? -1))
  return isRising ? inOrder : inOrder.map(numbered)
}

/** How many attempts these are: what is told twice is one. */
export const countAttempts = (attempts: readonly AttemptRecord[]): number =>
  new Set(attempts.map(asGiven).map(attemptKey)).size

type KeyedAttempt = readonly [key: string, attempt: AttemptRecord]

/** By time alone, whatever else there is: what was left out once would be again, so that the order of merging doesn't show. */
const newest = (entries: KeyedAttempt[]): KeyedAttempt[] =>
  entries.length <= MAX_ATTEMPTS ? entries : entries.sort(byKeyAfter(byTime)).slice(-MAX_ATTEMPTS)

const byKeyAfter =
  (compare: (a: AttemptRecord, b: AttemptRecord) => number) =>
  ([keyA, a]: KeyedAttempt, [keyB, b]: KeyedAttempt): number =>
    compare(a, b) || (keyA < keyB ? -1 : 1)

/** As its teller numbered it: what was numbered here before is judged by that again. */
function asGiven({ attemptGiven, ...record }: AttemptRecord): AttemptRecord {
  return attemptGiven === undefined ? record : { ...record, attempt: attemptGiven }
}

function numbered(record: AttemptRecord, place: number): AttemptRecord {
  const attempt = place + 1
  return record.attempt === attempt ? record : { ...record, attempt, attemptGiven: record.attempt }
}

function attemptKey({ promptId, source, queuedAt, attempt }: AttemptRecord): string {
  return promptId === undefined
    ? `\u0001${queuedAt ?? ''}\u0000${attempt}`
    : `${source ?? ''}\u0000${promptId}`
}

function compareRecords(a: AttemptRecord, b: AttemptRecord): number {
  return (
    exitRank(a.exitReason) - exitRank(b.exitReason) ||
    (a.endedAt ?? 0) - (b.endedAt ?? 0) ||
    Object.keys(a).length - Object.keys(b).length ||
    compareText(canonicalJson(a), canonicalJson(b))
  )
}

/** Of one server, each with a number of its own: a journal that began anew counts from 1 again. */
function isOfOneCount(attempts: readonly AttemptRecord[]): boolean {
  const sources = new Set(attempts.map(({ source }) => source))
  const numbers = new Set(attempts.map(({ attempt }) => attempt))
  return sources.size === 1 && !sources.has(undefined) && numbers.size === attempts.length
}

const byNumber = (a: AttemptRecord, b: AttemptRecord): number => a.attempt - b.attempt
const byTime = (a: AttemptRecord, b: AttemptRecord): number => timeOf(a) - timeOf(b) || a.attempt - b.attempt

const timeOf = ({ queuedAt, startedAt, endedAt }: AttemptRecord): number =>
  queuedAt ?? startedAt ?? endedAt ?? 0
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
