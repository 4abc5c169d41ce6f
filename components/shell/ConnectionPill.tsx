import type { ReactElement } from 'react'
import type { LiveState } from '../../types'
import { describeConnection, describeFallback } from '../../utils/format/describeConnection'
import { describeRecording } from '../../utils/format/describeRecording'
import { formatAge, formatDuration } from '../../utils/format/formatDuration'
import { gapSentence } from '../../utils/live/gapSentence'
import { lossSentence } from '../../utils/live/lossSentence'
import {
  useLive,
  useNow,
  useRecording,
  useServerName,
  useShownEntry,
  useShownRealtime,
  useTelemetry,
} from '../../utils/hooks'
import { Glyph } from '../ui/Glyph'
import { Popover } from '../ui/Popover'
import './ConnectionPill.css'

/** How the stream stands, at a glance and, opened, in detail: who, how fresh, what is missing, what is saved. */
export function ConnectionPill(): ReactElement {
  const connection = useLive((state) => state.connection)
  const lastUpdate = useLive((state) => state.lastUpdate, 1_000)
  const delay = useLive(delayOf, 1_000)
  const now = useNow(1_000)
  const realtime = useShownRealtime()
  const server = useServerName()
  const recording = useRecording()
  const { glyph, words } = describeConnection(
    connection,
    undefined,
    Math.max(now, 'since' in connection ? connection.since : 0),
  )
  const canReconnect = !['live', 'connecting', 'replaying'].includes(connection.status)
  return (
    <Popover
      name={`Connection: ${server === undefined ? '' : `${server}, `}${words}. Details`}
      className={`tele-pill tele-pill-${connection.status}`}
      label={
        <>
          <Glyph name={glyph} />
          {server !== undefined && <b className="tele-pill-server">{`${server}, `}</b>}
          <Words words={words} />
        </>
      }
    >
      <ServerFacts />
      <p>
        {lastUpdate === undefined
          ? connection.status === 'static'
            ? 'Shown are the saved figures of this page’s artifact file.'
            : 'No scene has reported yet.'
          : `Last update: ${formatAge(now - lastUpdate)}.`}
        {delay === undefined ? '' : ` Delay: ${delay < 100 ? 'less than 0.1 s' : formatDuration(delay)}.`}
      </p>
      <Missing />
      <p>{describeRecording(recording)}</p>
      {canReconnect && (
        <button type="button" className="tele-button" onClick={realtime.connect}>
          Try again now
        </button>
      )}
    </Popover>
  )
}

/** What stands behind the point is left out where there is no room for it. */
function Words({ words }: { readonly words: string }): ReactElement {
  const [head, tail] = words.split(' · ')
  return (
    <span>
      {head}
      {tail !== undefined && <span className="tele-pill-tail"> · {tail}</span>}
    </span>
  )
}

/** From the server's sending of the newest update to its arrival here, ms; by the least delay seen as the clocks' difference. */
function delayOf({ scenes, receivedAt, server }: LiveState): number | undefined {
  let newest: number | undefined
  let delay: number | undefined
  for (const [key, at] of receivedAt) {
    const update = scenes.get(key)
    if (update?.status !== 'executing' || !server || (newest ?? 0) > at) continue
    newest = at
    delay = Math.round(Math.max(0, at - update.timestamp - server.clockOffset) / 100) * 100
  }
  return delay
}

function ServerFacts(): ReactElement {
  const server = useLive((state) => state.server)
  const problem = useLive((state) => state.problem)
  const { url: homeUrl } = useTelemetry()
  const url = useShownEntry((entry) => entry.url) ?? homeUrl
  return (
    <>
      <p>
        {server ? `${server.name}${server.version ? ` ${server.version}` : ''}` : 'ComfyUI'} at{' '}
        <code>{url}</code>
        {server?.comfyVersion ? `, ComfyUI ${server.comfyVersion}` : ''}
      </p>
      {problem !== undefined && <p>{problem}</p>}
    </>
  )
}

function Missing(): ReactElement {
  const counters = useLive((state: LiveState) => state.counters, 1_000)
  const gaps = useLive((state) => state.gaps)
  const limits = useLive(({ connection }) =>
    connection.status === 'fallback' ? describeFallback(connection) : undefined,
  )
  return (
    <>
      {limits !== undefined && <p>{limits}</p>}
      <p>{lossSentence({ counters, gaps })}</p>
      {gaps.length > 0 && (
        <ul>
          {gaps.slice(-3).map((gap) => (
            <li key={`${gap.from}-${gap.to}`}>{gapSentence(gap)}</li>
          ))}
        </ul>
      )}
    </>
  )
}
