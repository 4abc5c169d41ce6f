import { describeOutcome } from './describeOutcome'

/** Something a scene fell back on or ended by, how grave it is, and what to do. */
export interface FallbackWarning {
  readonly severity: 'error' | 'warning' | 'info'
  readonly title: string
  readonly sentence: string
  readonly advice?: string
}

interface Pattern extends Omit<FallbackWarning, 'sentence'> {
  readonly pattern: RegExp
  readonly sentence?: string
}

const MORE_TIME = 'A longer limit may let scenes like it finish.'
const PATTERNS: readonly Pattern[] = [
  { pattern: /^maxWait$/i, severity: 'error', title: 'Max wait reached', advice: MORE_TIME },
  { pattern: /^attemptLimit$/i, severity: 'error', title: 'Poll limit reached', advice: MORE_TIME },
  {
    pattern: /^postExecution$/i,
    severity: 'warning',
    title: 'Post-Execution Timeout',
    advice: 'A longer post-execution timeout may let its files appear.',
  },
  {
    pattern: /memory|oom/i,
    severity: 'error',
    title: 'Memory Error',
    sentence: 'It ran out of GPU or system memory.',
    advice: 'Try a smaller batch or size.',
  },
  {
    pattern: /timeout|deadline/i,
    severity: 'error',
    title: 'Execution Timeout',
    sentence: 'It took longer than was allowed.',
    advice: MORE_TIME,
  },
  {
    pattern: /cancel|interrupt|deleted/i,
    severity: 'warning',
    title: 'Cancelled',
    sentence: 'It was stopped before it was done.',
  },
  {
    pattern: /skip|retry/i,
    severity: 'info',
    title: 'Retried/Skipped',
    sentence: 'It was skipped, or tried again.',
  },
  {
    pattern: /queue|fail|error|reject|restart/i,
    severity: 'error',
    title: 'Queue Error',
    sentence: 'It failed while it was queued or executed.',
    advice: 'The server’s log of that time may say why.',
  },
]

/** What a scene's exit reason warns of, whatever a host calls it; a success warns of nothing. */
export function fallbackWarnings(
  exitReason: string | null | undefined,
  postExecutionTimeoutReached = false,
): readonly FallbackWarning[] {
  const reason = exitReason?.trim()
  const own = reason && !/^success$/i.test(reason) ? [warningOf(reason)] : []
  const isSaid = own.some(({ title }) => title === 'Post-Execution Timeout')
  return postExecutionTimeoutReached && !isSaid ? [...own, warningOf('postExecution')] : own
}

function warningOf(reason: string): FallbackWarning {
  const { pattern: _, sentence, ...known } = PATTERNS.find(({ pattern }) => pattern.test(reason)) ?? UNKNOWN
  return { ...known, sentence: sentence ?? describeOutcome({ reason }) ?? 'Nobody told how it ended.' }
}

const UNKNOWN: Pattern = { pattern: /^/, severity: 'warning', title: 'Unknown Exit' }
