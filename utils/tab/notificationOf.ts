import type { LiveRun, RealtimeTelemetryUpdate, RunStatus } from '../../types'
import { describeOutcome, markOf, type SceneMark } from '../format/describeOutcome'
import { count } from '../format/formatCount'
import { sceneName } from '../format/sceneName'
import { shortName } from '../format/shortName'
import { runTitle } from '../format/runTitle'
import { runHref } from '../hooks/useHashRoute'

/** Something that is worth a notification. */
export type News =
  | {
      readonly kind: 'failed'
      readonly runName: string | undefined
      readonly update: RealtimeTelemetryUpdate
    }
  | {
      readonly kind: 'ended'
      readonly run: LiveRun
      readonly status: Exclude<RunStatus, 'running'>
      readonly scenes: readonly RealtimeTelemetryUpdate[]
    }

/** A notification's words and where a click on it leads, as a hash route. */
export interface NotificationWords {
  readonly title: string
  readonly body: string
  readonly href: string
}

/**
 * One notification for all that happened at once. A run's end has its failures in its figures, so they are not told beside it.
 * `news` has at least one.
 */
export function notificationOf(news: readonly News[], isSimulated: boolean): NotificationWords {
  const ended = new Set(news.flatMap((item) => (item.kind === 'ended' ? [item.run.runId] : [])))
  const ends = news.flatMap((item) => (item.kind === 'ended' ? [endWords(item)] : []))
  const failures = news.flatMap((item) =>
    item.kind === 'failed' && !ended.has(item.update.runId ?? '') ? [item] : [],
  )
  const parts = failures.length === 0 ? ends : [...ends, failureWords(failures)]
  const words = joined(parts)
  return isSimulated ? { ...words, title: `${words.title} (simulated)` } : words
}

function joined(parts: readonly NotificationWords[]): NotificationWords {
  const [first, ...rest] = parts
  if (!first) return { title: 'News of the runs', body: '', href: '#/live' }
  if (rest.length === 0) return first
  return {
    title: `${first.title}, and ${count(rest.length, 'other thing')}`,
    body: parts.map(({ title, body }) => `${title}. ${body}`).join('\n'),
    href: '#/live',
  }
}

function endWords({ run, status, scenes }: Extract<News, { kind: 'ended' }>): NotificationWords {
  const marks = scenes.map((update) => markOf(update.status, update.exitReason))
  const endedAs = (wanted: SceneMark): number => marks.filter((mark) => mark === wanted).length
  const completed = endedAs('completed')
  const others = FAILURES.flatMap((mark) => (endedAs(mark) > 0 ? [`${endedAs(mark)} ${mark}`] : []))
  const of = Math.max(run.sceneCount ?? 0, scenes.length)
  const glyph = others.length > 0 ? '✗' : status === 'interrupted' ? '■' : '✓'
  return {
    title: `${glyph} ${nameOf(run)} ${status === 'interrupted' ? 'was stopped' : 'ended'}`,
    body: `${[`${completed} of ${count(of, 'scene')} completed`, ...others].join(', ')}.`,
    href: runHref(run.runId),
  }
}

const FAILURES: readonly SceneMark[] = ['failed', 'timeout']

const MAX_LINES = 3

function failureWords(failures: readonly Extract<News, { kind: 'failed' }>[]): NotificationWords {
  const [first] = failures
  const runIds = new Set(failures.map(({ update }) => update.runId))
  const where = runIds.size === 1 && first?.runName !== undefined ? ` in ${nameOf(first)}` : ''
  if (first && failures.length === 1)
    return {
      title: `✗ ${shortName(sceneName(first.update.sceneId))} failed${where}`,
      body: [whyOf(first.update), retryWords(first.update)].filter(Boolean).join(' '),
      href: first.update.runId === undefined ? '#/live' : runHref(first.update.runId, first.update.sceneId),
    }
  const lines = failures
    .slice(0, MAX_LINES)
    .map(({ update }) =>
      [`${shortName(sceneName(update.sceneId))}: ${whyOf(update)}`, retryWords(update)]
        .filter(Boolean)
        .join(' '),
    )
  const more = failures.length - lines.length
  return {
    title: `✗ ${count(failures.length, 'scene')} failed${where}`,
    body: [...lines, ...(more > 0 ? [`${more} more.`] : [])].join('\n'),
    href: runIds.size === 1 && first?.update.runId !== undefined ? runHref(first.update.runId) : '#/live',
  }
}

const nameOf = ({ runName }: { readonly runName?: string | undefined }): string =>
  shortName(runTitle({ runName }))

const whyOf = ({ exitReason, error, policy }: RealtimeTelemetryUpdate): string =>
  describeOutcome({ reason: exitReason, error, policy }) ?? 'Nobody told why.'

/** By the policy of who queues; whether it is really tried again shows when it is queued. */
function retryWords({ policy, attempt, attempts }: RealtimeTelemetryUpdate): string {
  const tried = Math.max(attempt ?? 1, attempts ?? 1)
  return policy && tried <= policy.sceneRetryBudget
    ? `It is to be tried again: attempt ${tried + 1} of ${policy.sceneRetryBudget + 1}.`
    : ''
}
