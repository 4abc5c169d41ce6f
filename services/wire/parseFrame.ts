import type { Result } from '../../types'
import { messageSchemas, type StreamMessage } from './messages'
import { parseJson, parseWith } from './parse'
import { updateSchema } from './update'

/** A frame longer than this is refused unread: the protocol's batches end at 256 KiB. */
const MAX_FRAME_CHARS = 2 * 1024 * 1024
/** The protocol's batches end at 500 messages; a replaying proxy may join some. */
const MAX_BATCH = 10_000

/** What a frame held: what was understood, in order, and why the rest was not. */
export interface ParsedFrame {
  readonly messages: readonly StreamMessage[]
  /** One sentence a refused message: path and both sides, never the whole content. */
  readonly refused: readonly string[]
}

/**
 * The border of the stream: text of unknown origin becomes messages or reasons. Never throws; unknown types are
 * dropped in silence (a newer server), an update without a type is a `bare` one.
 */
export function parseFrame(data: unknown): ParsedFrame {
  if (typeof data !== 'string') return { messages: [], refused: [] } // binary frames are previews of others
  if (data.length > MAX_FRAME_CHARS) return refuse(`Frame of ${data.length} characters: too long`)
  const json = parseJson(data)
  if (!json.ok) return refuse(json.error)
  const entries = Array.isArray(json.value) ? json.value : [json.value]
  if (entries.length > MAX_BATCH) return refuse(`Batch of ${entries.length} messages: too many`)
  const messages: StreamMessage[] = []
  const refused: string[] = []
  for (const entry of entries) {
    const parsed = parseMessage(entry)
    if (!parsed.ok) refused.push(parsed.error)
    else if (parsed.value) messages.push(parsed.value)
  }
  return { messages, refused }
}

/** One message; `undefined` when its type is not known to this client. */
export function parseMessage(entry: unknown): Result<StreamMessage | undefined, string> {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { ok: false, error: `Expected an object, got ${describe(entry)}` }
  }
  if (!('type' in entry)) return parseBare(entry)
  const { type } = entry
  if (typeof type !== 'string') return { ok: false, error: `At type: expected text, got ${describe(type)}` }
  if (!isKnownType(type)) return { ok: true, value: undefined }
  return parseWith(messageSchemas[type], entry)
}

function parseBare(entry: object): Result<StreamMessage | undefined, string> {
  const parsed = parseWith(updateSchema, entry)
  return parsed.ok ? { ok: true, value: { type: 'bare', update: parsed.value } } : parsed
}

function isKnownType(type: string): type is keyof typeof messageSchemas {
  return Object.hasOwn(messageSchemas, type)
}

const describe = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value

const refuse = (reason: string): ParsedFrame => ({ messages: [], refused: [reason] })
