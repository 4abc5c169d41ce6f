import type { StreamMessage } from '../wire/messages'
import { parseJson } from '../wire/parse'
import { parseMessage } from '../wire/parseFrame'

/** A page of the node's journal. */
export type EventPage =
  | {
      readonly kind: 'page'
      readonly messages: readonly StreamMessage[]
      readonly refused: number
      readonly next?: number
    }
  /** The journal is another one by now. */
  | { readonly kind: 'other-epoch' }
  | { readonly kind: 'failed' }

const PAGE_SIZE = 1_000
const PAGE_TIMEOUT_MS = 10_000

/** Reads `/telemetry/events` after `since`; never rejects. */
export async function fetchEvents(
  base: string,
  cursor: { readonly epoch: string; readonly seq: number },
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<EventPage> {
  const query = new URLSearchParams({
    epoch: cursor.epoch,
    since: String(cursor.seq),
    limit: String(PAGE_SIZE),
  })
  try {
    const response = await fetcher(`${base}/telemetry/events?${query}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PAGE_TIMEOUT_MS)]),
      cache: 'no-store',
    })
    if (response.status === 409) return { kind: 'other-epoch' }
    return response.ok ? readPage(await response.text()) : { kind: 'failed' }
  } catch {
    return { kind: 'failed' }
  }
}

function readPage(body: string): EventPage {
  const json = parseJson(body)
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return { kind: 'failed' }
  if (!('events' in json.value) || !Array.isArray(json.value.events)) return { kind: 'failed' }
  const entries: readonly unknown[] = json.value.events.slice(0, PAGE_SIZE)
  const parsed = entries.map(parseMessage)
  const messages = parsed.flatMap((entry) => (entry.ok && entry.value ? [entry.value] : []))
  const next = 'next' in json.value ? json.value.next : undefined
  return {
    kind: 'page',
    messages,
    refused: parsed.filter((entry) => !entry.ok).length,
    ...(typeof next === 'number' && Number.isSafeInteger(next) ? { next } : {}),
  }
}
