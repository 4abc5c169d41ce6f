import { parseQuery } from '../../services/telemetryFilterService'
import { parseBoundedJson } from '../../services/wire/boundedJson'

const MOST_KEPT = 8
const MAX_LENGTH = 500

/** Remembered searches, newest first; what is no list of texts is none. */
export function readRecent(stored: string | null): readonly string[] {
  const json = parseBoundedJson(stored ?? '[]', { maxChars: 20_000, maxDepth: 2 })
  const list: readonly unknown[] = json.ok && Array.isArray(json.value) ? json.value : []
  return list
    .filter((each): each is string => typeof each === 'string' && each.length <= MAX_LENGTH)
    .slice(0, MOST_KEPT)
}

/** With this search as the newest; an empty, very long or unreadable one is not remembered. */
export function withRecent(recent: readonly string[], query: string): readonly string[] {
  const text = query.trim()
  if (text === '' || text.length > MAX_LENGTH || !parseQuery(text).ok) return recent
  return [text, ...recent.filter((each) => each !== text)].slice(0, MOST_KEPT)
}
