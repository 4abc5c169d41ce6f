import type { Journal } from './chaosServer'

/** How one attempt must be known, by what the journal says of it. Members that were never told are undefined. */
export interface TrueAttempt {
  readonly promptId: string
  readonly runId: unknown
  readonly sceneId: unknown
  readonly attempt: unknown
  readonly exitReason: unknown
  readonly duration: unknown
  readonly error: unknown
  readonly gpu: unknown
  readonly queuedAt: unknown
  readonly outputs: unknown
  readonly cold: unknown
}
/** How a run must be known once all of its times are over. */
export interface TrueRun {
  readonly runId: string
  readonly status: 'completed' | 'failed' | 'interrupted'
  readonly endedAt: number
}

type Message = Journal[number]
const OUTRANKED: readonly unknown[] = ['interrupted', 'deleted', 'success']
const TOLD: readonly unknown[] = ['maxWait', 'attemptLimit', 'postExecution', 'rejected']
const SUCCEEDED_OR_SKIPPED: readonly unknown[] = ['success', 'interrupted', 'deleted']

/** Every attempt that ended, once, with the end that counts: docs/protocol.md, "Two ends of one prompt". */
export function attemptsOf(journal: Journal): readonly TrueAttempt[] {
  const ends = [...counting(journal)].filter(isEnd)
  return ends
    .map(({ promptId }) => String(promptId))
    .filter((promptId, index, all) => all.indexOf(promptId) === index)
    .map((promptId) => {
      const messages = [...counting(journal)].filter((message) => message.promptId === promptId)
      const known = Object.assign({}, ...messages)
      const end = Object.assign({}, ...messages.filter(isEnd))
      const queued = messages.find(({ status }) => status === 'queued')
      return {
        promptId,
        runId: known.runId,
        sceneId: known.sceneId,
        attempt: known.attempt,
        exitReason: end.exitReason,
        duration: end.duration,
        error: end.error,
        gpu: end.gpu,
        queuedAt: queued?.timestamp,
        outputs: end.outputs,
        cold: known.cold,
      }
    })
}

/** The runs of a journal, long after its last message. */
export function runsOf(journal: Journal): readonly TrueRun[] {
  const messages = [...counting(journal)]
  const runIds = new Set(messages.map(({ runId }) => String(runId)))
  return [...runIds].map((runId) =>
    runOf(
      runId,
      messages.filter((message) => message.runId === runId),
    ),
  )
}

function runOf(runId: string, messages: readonly Message[]): TrueRun {
  const told = messages.findLast(({ type, event }) => type === 'run' && event !== 'begin')
  const reopened = messages
    .slice(told ? messages.indexOf(told) + 1 : 0)
    .some((message) => isOpening(message) || message.event === 'begin')
  const word = told && !reopened ? told : undefined
  const first = new Set<unknown>()
  const times = messages.flatMap((message) => {
    const isAgain = isEnd(message) && first.has(message.promptId)
    if (isEnd(message)) first.add(message.promptId)
    return isAgain ? [] : Number(message.timestamp)
  })
  const scenes = lastEnds(messages)
  const hasSuccess = scenes.some(({ exitReason }) => exitReason === 'success')
  const isInterrupted = word ? word.event === 'stopped' : endsInSilence(messages, scenes)
  return {
    runId,
    endedAt: Math.max(...times),
    status: isInterrupted ? 'interrupted' : hasSuccess ? 'completed' : 'failed',
  }
}

/** Of each scene the end of its highest attempt. */
function lastEnds(messages: readonly Message[]): readonly Message[] {
  const scenes = new Map<unknown, Message>()
  for (const message of messages.filter(isEnd)) {
    const known = scenes.get(message.sceneId)
    if (!known || Number(message.attempt) >= Number(known.attempt)) scenes.set(message.sceneId, message)
  }
  return [...scenes.values()]
}

function endsInSilence(messages: readonly Message[], scenes: readonly Message[]): boolean {
  const sceneCount = Math.max(...messages.map((message) => Number(message.sceneCount ?? -1)))
  if (sceneCount < 0) return false
  if (scenes.length < sceneCount) return true
  const policy = messages.findLast((message) => message.policy !== undefined)?.policy as
    { sceneRetryBudget: number } | undefined
  const mayRetry = (end: Message): boolean =>
    !SUCCEEDED_OR_SKIPPED.includes(end.exitReason) &&
    Number(end.attempt) <= (policy?.sceneRetryBudget ?? Infinity)
  return policy !== undefined && scenes.some(mayRetry)
}

/** The messages that mean something: after a prompt's end only what outranks it. */
function* counting(journal: Journal): Generator<Message> {
  const ended = new Map<unknown, unknown>()
  for (const message of journal) {
    const before = ended.get(message.promptId)
    if (
      message.type === 'update' &&
      before !== undefined &&
      !(TOLD.includes(message.exitReason) && OUTRANKED.includes(before))
    )
      continue
    if (isEnd(message)) ended.set(message.promptId, message.exitReason)
    yield message
  }
}

const isEnd = (message: Message): boolean => message.status === 'completed' || message.status === 'failed'
const isOpening = (message: Message): boolean => message.status === 'queued' || message.status === 'executing'
