import { isDeepStrictEqual } from 'node:util'
import type { Journal } from './chaosServer'
import { attemptsOf, runsOf, type TrueAttempt } from './journalTruth'

/** What a browser's database holds, store by store. */
export type HistoryContent = Readonly<
  Record<'runs' | 'scenes' | 'open' | 'sources' | 'samples', readonly Row[]>
>
type Row = Readonly<Record<string, unknown>>

export interface Comparison {
  /** The journals of the server's lives; of all but the last some may never have been heard. */
  readonly journals: readonly Journal[]
  readonly history: HistoryContent
  /** Whether a page said that something can't be known. */
  readonly saidUnknown: boolean
  /** Whether all runs have had the time to end. */
  readonly areRunsOver: boolean
}

/** What differs, a sentence each; empty when the history is the journal. */
export function compareWithJournal({
  journals,
  history,
  saidUnknown,
  areRunsOver,
}: Comparison): readonly string[] {
  const current = journals.at(-1) ?? []
  const saved = history.scenes.flatMap(({ runId, sceneId, attemptLog }) =>
    listOf(attemptLog).map((attempt) => ({ ...attempt, runId, sceneId })),
  )
  const known = attemptsOf(current).filter(({ promptId }) => !isInTwo(journals, promptId))
  const problems = [
    ...known.flatMap((attempt) => attemptProblems(attempt, saved)),
    ...journals.slice(0, -1).flatMap((journal) => pastProblems(journal, journals, saved, saidUnknown)),
    ...strangers(journals, saved),
    ...history.open.map(({ promptId }) => `${promptId} is still open in the history`),
    ...sceneProblems(history.scenes),
    ...history.samples.flatMap((trace) =>
      promptsOf(journals).has(trace.promptId) ? [] : `a trace of ${trace.promptId}, which no journal knows`,
    ),
    ...cursorProblems(current, history.sources),
  ]
  if (!areRunsOver) return problems
  const before = new Set(journals.slice(0, -1).flatMap((journal) => journal.map(({ runId }) => runId)))
  return [
    ...problems,
    ...runsOf(current).flatMap((run) => (before.has(run.runId) ? [] : runProblems(run, history.runs))),
  ]
}

/** Numbered as its server did: a server that began to count anew is counted on here. */
const asGiven = ({ attemptGiven, ...record }: Row): Row =>
  attemptGiven === undefined ? record : { ...record, attempt: attemptGiven }

function attemptProblems(attempt: TrueAttempt, saved: readonly Row[]): readonly string[] {
  const records = saved.filter(({ promptId }) => promptId === attempt.promptId)
  const [record] = records.map(asGiven)
  if (!record) return [`${nameOf(attempt)} is missing`]
  if (records.length > 1) return [`${nameOf(attempt)} is there ${records.length} times`]
  return Object.entries(attempt).flatMap(([field, value]) =>
    isDeepStrictEqual(record[field], value) || (field === 'gpu' && value === undefined)
      ? []
      : `${nameOf(attempt)}: ${field} is ${JSON.stringify(record[field])} instead of ${JSON.stringify(value)}`,
  )
}

/** Of a prompt that a new journal heard of only by an outcome, the two know different halves. */
const isInTwo = (journals: readonly Journal[], promptId: string): boolean =>
  journals.filter((journal) => promptsOf([journal]).has(promptId)).length > 1

/** Of a journal that is lost, what was heard is right, up to where it was heard, and that there was more is said. */
function pastProblems(
  journal: Journal,
  journals: readonly Journal[],
  saved: readonly Row[],
  saidUnknown: boolean,
): readonly string[] {
  return attemptsOf(journal).flatMap((attempt) => {
    if (isInTwo(journals, attempt.promptId)) return []
    const problems = attemptProblems(attempt, saved)
    if (problems.length === 0) return []
    const isUnheard = saved.every(
      ({ promptId, exitReason }) => promptId !== attempt.promptId || exitReason === 'unknown',
    )
    if (!isUnheard && !wasOnce(journal, attempt.promptId, saved)) return problems
    return saidUnknown
      ? []
      : [`${nameOf(attempt)} of a lost journal was not heard to its end, and nobody said so`]
  })
}

function wasOnce(journal: Journal, promptId: string, saved: readonly Row[]): boolean {
  const ends = journal.flatMap((message, index) =>
    message.promptId === promptId && message.exitReason !== undefined ? index + 1 : [],
  )
  return ends.some((end) =>
    attemptsOf(journal.slice(0, end)).some(
      (attempt) => attempt.promptId === promptId && attemptProblems(attempt, saved).length === 0,
    ),
  )
}

const nameOf = ({ runId, sceneId, promptId }: TrueAttempt): string => `${runId}/${sceneId} ${promptId}`
const promptsOf = (journals: readonly Journal[]): ReadonlySet<unknown> =>
  new Set(journals.flatMap((journal) => journal.map(({ promptId }) => promptId)))

function strangers(journals: readonly Journal[], saved: readonly Row[]): readonly string[] {
  const known = promptsOf(journals)
  return saved.flatMap(({ promptId }) =>
    known.has(promptId) ? [] : `${promptId} is in the history and in no journal`,
  )
}

function sceneProblems(scenes: readonly Row[]): readonly string[] {
  return scenes.flatMap(({ runId, sceneId, attemptLog, exitReason, attempts }) => {
    const log = listOf(attemptLog)
    const isLast = log.at(-1)?.exitReason === exitReason
    const highest = Math.max(...log.map(({ attempt }) => Number(attempt)))
    return isLast && attempts === Math.max(highest, log.length)
      ? []
      : `${runId}/${sceneId} is not what its attempts say`
  })
}

function cursorProblems(journal: Journal, sources: readonly Row[]): readonly string[] {
  const newest = journal.at(-1)?.seq
  const cursors = sources.flatMap(({ cursor }) =>
    typeof cursor === 'object' && cursor && 'seq' in cursor ? cursor.seq : [],
  )
  return newest === undefined || isDeepStrictEqual(cursors, [newest])
    ? []
    : [`the cursors are ${JSON.stringify(cursors)} instead of ${newest}`]
}

function runProblems(
  run: Readonly<{ runId: string; status: string; endedAt: number }>,
  runs: readonly Row[],
): readonly string[] {
  const saved = runs.find(({ runId }) => runId === run.runId)
  if (!saved) return [`run ${run.runId} is missing`]
  return (['status', 'endedAt'] as const).flatMap((field) =>
    saved[field] === run[field]
      ? []
      : `run ${run.runId}: ${field} is ${saved[field]} instead of ${run[field]}`,
  )
}

const listOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value : [])
