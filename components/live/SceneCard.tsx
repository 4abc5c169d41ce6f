import { memo, type ReactElement } from 'react'
import type { ExpectedTime, RealtimeTelemetryUpdate } from '../../types'
import { describeOutcome, markOf } from '../../utils/format/describeOutcome'
import { formatAge, formatDuration, formatShortAge } from '../../utils/format/formatDuration'
import { useExpectedTime, useNow, useScene } from '../../utils/hooks'
import { CardTitle } from '../ui/CardTitle'
import { StatusWord } from './StatusWord'

/** A live scene as a card of fixed size; renders for its own scene alone. */
export const SceneCard = memo(function SceneCard(props: { readonly sceneKey: string }): ReactElement | null {
  const { update, receivedAt } = useScene(props.sceneKey)
  const usual = useExpectedTime(update)
  if (!update) return null
  const mark = markOf(update.status, update.exitReason)
  const attempt = attemptWords(update)
  return (
    <li
      className={`tele-card tele-scene tele-scene-${mark}`}
      aria-label={[update.sceneId, mark, attempt].filter(Boolean).join(', ')}
    >
      <div className="tele-scene-head">
        <CardTitle level={3}>{update.sceneId}</CardTitle>
        <StatusWord mark={mark} />
        {update.status === 'executing' && receivedAt !== undefined && <Age receivedAt={receivedAt} />}
      </div>
      <div className="tele-scene-time">
        <Elapsed update={update} receivedAt={receivedAt} />
        {update.status === 'executing' && <UsualTime usual={usual} />}
      </div>
      <Progress update={update} />
      <p className="tele-scene-foot">{footOf(update, attempt)}</p>
    </li>
  )
})

function Age({ receivedAt }: { readonly receivedAt: number }): ReactElement {
  const now = useNow(1_000)
  const age = Math.max(0, now - receivedAt)
  return (
    <span className="tele-scene-age" title={`Last update: ${formatAge(age)}`}>
      {age < 1_000 ? 'now' : formatShortAge(Math.floor(age / 1_000) * 1_000).replace('.0', '')}
    </span>
  )
}

function Elapsed({
  update,
  receivedAt,
}: {
  readonly update: RealtimeTelemetryUpdate
  readonly receivedAt: number | undefined
}): ReactElement {
  const isRunning = update.status === 'executing'
  const now = useNow(isRunning ? 1_000 : 60_000)
  if (update.status === 'queued') return <span className="tele-scene-elapsed tele-muted">waiting</span>
  if (update.duration === undefined)
    return <span className="tele-scene-elapsed tele-muted">time not measured</span>
  const running = isRunning && receivedAt !== undefined ? Math.max(0, now - receivedAt) : 0
  const elapsed = update.duration + running
  return (
    <span className="tele-scene-elapsed">
      {formatDuration(isRunning ? wholeSeconds(elapsed) : elapsed).replace('.0', '')}
    </span>
  )
}

const wholeSeconds = (ms: number): number => Math.floor(ms / 1_000) * 1_000

function UsualTime({ usual }: { readonly usual: ExpectedTime | null }): ReactElement | null {
  if (!usual) return null
  return (
    <span className="tele-muted" title={`Median of ${usual.n} earlier scenes like it`}>
      usually {formatDuration(usual.median)} · n {usual.n}
    </span>
  )
}

function Progress({ update }: { readonly update: RealtimeTelemetryUpdate }): ReactElement {
  const { progress, status } = update
  const isShown = progress !== undefined && progress.max > 0 && status === 'executing'
  return (
    <div className="tele-bar" aria-hidden="true">
      {isShown && <span style={{ inlineSize: `${Math.min(100, (100 * progress.value) / progress.max)}%` }} />}
    </div>
  )
}

function footOf(update: RealtimeTelemetryUpdate, attempt: string | undefined): string {
  const { progress, status } = update
  const why = describeOutcome({ reason: update.exitReason, error: update.error, policy: update.policy })
  if (why !== undefined) return why
  if (status !== 'executing' || !progress)
    return attempt ?? (update.cold && status === 'completed' ? 'The models were loaded first' : '')
  const steps = `${progress.nodeType ?? 'Node'} ${progress.value} of ${progress.max}`
  return attempt === undefined ? steps : `${steps} · ${attempt}`
}

function attemptWords({ attempt, policy }: RealtimeTelemetryUpdate): string | undefined {
  if (attempt === undefined) return undefined
  if (policy) return `attempt ${attempt} of ${Math.max(attempt, policy.sceneRetryBudget + 1)}`
  return attempt > 1 ? `attempt ${attempt}` : undefined
}
