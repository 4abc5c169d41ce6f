import { useCallback, useMemo } from 'react'
import { readRecent, withRecent } from '../filter/recentSearches'
import { useRememberedText } from './usePreference'

/** The last searches of this browser, newest first, and a way to add one. */
export function useRecentSearches(): readonly [readonly string[], (query: string) => void] {
  const [stored, remember] = useRememberedText('recent')
  const recent = useMemo(() => readRecent(stored), [stored])
  const add = useCallback(
    (query: string) => remember(JSON.stringify(withRecent(recent, query))),
    [recent, remember],
  )
  return [recent, add]
}
