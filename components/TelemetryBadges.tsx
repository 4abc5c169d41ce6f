import { memo, useId, type ReactElement } from 'react'
import type { Connection, RealtimeTelemetryUpdate, SceneTelemetryMetadata } from '../types'
import { badgesOf, fallbackNotesOf, type Badge } from '../utils/badges/badgesOf'
import { describeConnection } from '../utils/format/describeConnection'
import { formatAge } from '../utils/format/formatDuration'
import { isSaved } from '../utils/live/isSaved'
import { useIsOlderThan } from '../utils/hooks'
import { Glyph, type GlyphName } from './ui/Glyph'
import { PulsingValue } from './ui/PulsingValue'
import { RunningText } from './ui/RunningText'
import './theme/tokens.css'
import './theme/parts.css'
import './TelemetryBadges.css'

export interface TelemetryBadgesProps {
  /** Static telemetry of an artifact file, as in Phase 2B. */
  readonly telemetry?: SceneTelemetryMetadata
  /** The scene's newest update; replaces the saved figures of the same meaning. */
  readonly realtimeTelemetry?: RealtimeTelemetryUpdate | null
  readonly isStreaming?: boolean
  /** When the newest update arrived, by this machine's clock, epoch ms. */
  readonly lastUpdate?: number | null
  readonly title?: string
  /** How the stream stands; without it the marks are told from the props above. */
  readonly connection?: Connection
  /** Who measured the live figures: a server's name, read out with each. */
  readonly source?: string
}

const STALE_AFTER_MS = 2_000

/** A scene's figures, each with where it comes from. Absent figures have no badge; nothing moves when one changes. */
export function TelemetryBadges(props: TelemetryBadgesProps): ReactElement {
  const { telemetry, realtimeTelemetry, isStreaming = false, lastUpdate, title = 'Telemetry Metrics' } = props
  const titleId = useId()
  const isOld = useIsOlderThan(lastUpdate, STALE_AFTER_MS)
  const badges = badgesOf(telemetry, realtimeTelemetry)
  const notes = fallbackNotesOf(telemetry)
  const mark = markOf({ ...props, isStreaming }, isOld)
  return (
    <section className={`tele tele-badges tele-badges-${mark.kind}`} aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>{title}</h3>
        <p className="tele-badges-mark">
          <Glyph name={mark.glyph} />
          {typeof mark.word === 'string' ? <span>{mark.word}</span> : <RunningText text={mark.word} />}
        </p>
        <p className="tele-badges-age">
          {lastUpdate != null && (
            <RunningText text={(now) => `Last update: ${formatAge(now - lastUpdate)}`} />
          )}
        </p>
      </header>
      {badges.length === 0 ? (
        <p className="tele-muted">No telemetry data available.</p>
      ) : (
        <ul>
          {badges.map((badge) => (
            <BadgeItem key={badge.id} {...badge} server={props.source} />
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <div className="tele-badges-notes">
          <h4>Fallback warnings</h4>
          <ul>
            {notes.map((note, index) => (
              <li key={index}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
/** Hosts import it either way. @public */
export default TelemetryBadges

/** Of a scene's figures only those that changed are rendered again. */
const BadgeItem = memo(function BadgeItem(
  props: Badge & { readonly server: string | undefined },
): ReactElement {
  const { label, value, spoken, source, mark, isClock = false, server } = props
  const origin = source === 'live' ? `live${server === undefined ? '' : `, from ${server}`}` : 'saved'
  const tip = useId()
  return (
    <li className="tele-badge">
      <button type="button" aria-label={`${label}: ${spoken}, ${origin}`} aria-describedby={tip}>
        <span className="tele-badge-label">{label}</span>
        <span className="tele-badge-value">
          {mark && <Glyph name={mark} />}
          <PulsingValue text={value} isClock={isClock} />
        </span>
      </button>
      <span role="tooltip" id={tip} className="tele-tip">
        {source === 'live' ? `Live${server === undefined ? '' : ` from ${server}`}` : 'Saved with the run'}
      </span>
    </li>
  )
})

interface Mark {
  readonly kind: 'streaming' | 'live' | 'saved' | 'stale'
  readonly glyph: GlyphName
  /** A text, or one that runs with the clock. */
  readonly word: string | ((now: number) => string)
}

function markOf(
  { realtimeTelemetry, isStreaming, connection, lastUpdate }: TelemetryBadgesProps,
  isOld: boolean,
): Mark {
  if (!realtimeTelemetry || isSaved(realtimeTelemetry))
    return { kind: 'saved', glyph: 'saved', word: 'Saved' }
  if (connection && connection.status !== 'live' && connection.status !== 'idle') {
    const words = (now: number): string =>
      describeConnection(connection, lastUpdate == null ? undefined : now - lastUpdate, now).words
    const kind = connection.status === 'fallback' ? 'live' : 'stale'
    return { kind, glyph: describeConnection(connection).glyph, word: words }
  }
  if (isStreaming && isOld) return { kind: 'stale', glyph: 'stale', word: 'Stale' }
  return isStreaming
    ? { kind: 'streaming', glyph: 'executing', word: 'Streaming…' }
    : { kind: 'live', glyph: 'live', word: 'Live' }
}
