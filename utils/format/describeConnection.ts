import type { Connection } from '../../types'
import { formatWhole } from './formatDuration'
import { THIN } from './thin'

export interface ConnectionWords {
  readonly glyph: 'live' | 'executing' | 'stale' | 'limited' | 'refused' | 'none'
  readonly words: string
}

/** The pill's shape and words. `age`: ms since the newest update, for a stale stream. */
export function describeConnection(connection: Connection, age?: number, now = Date.now()): ConnectionWords {
  switch (connection.status) {
    case 'idle':
      return { glyph: 'none', words: 'Not connected' }
    case 'connecting':
      return { glyph: 'executing', words: 'Connecting…' }
    case 'live':
      return { glyph: 'live', words: 'Live' }
    case 'stale':
      return { glyph: 'stale', words: `Stale · ${formatWhole(age ?? now - connection.since)} old` }
    case 'reconnecting': {
      const wait = Math.max(0, Math.ceil((connection.retryAt - now) / 1_000))
      return { glyph: 'none', words: `Reconnecting · try ${connection.attempt}, next in ${wait}${THIN}s` }
    }
    case 'replaying':
      return { glyph: 'executing', words: `Catching up · ${connection.remaining} events` }
    case 'fallback':
      return { glyph: 'limited', words: 'Live, limited' }
    case 'static':
      return { glyph: 'none', words: 'Saved figures' }
    case 'refused':
      return { glyph: 'refused', words: 'Refused · see why' }
    case 'closed':
      return { glyph: 'none', words: 'Disconnected' }
  }
}

/** What a page without the node's stream has instead, and what it lacks. */
export function describeFallback({
  kind,
  missing,
}: Pick<Extract<Connection, { status: 'fallback' }>, 'kind' | 'missing'>): string {
  const who =
    kind === 'crystools'
      ? 'ComfyUI without the telemetry node; ComfyUI-Crystools tells how busy the GPU is.'
      : 'ComfyUI without the telemetry node.'
  return missing.length === 0 ? who : `${who} Missing: ${missing.join(', ')}.`
}
