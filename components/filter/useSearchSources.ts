import { useMemo } from 'react'
import type { TelemetryFilter } from '../../types'
import type { CompletionSources } from '../../utils/filter/completions'
import { useFacets, usePresets, useRecentSearches } from '../../utils/hooks'

/** What a search field completes with, and a way to remember a search. */
export function useSearchSources(
  filter: TelemetryFilter,
  isWanted = true,
): { readonly sources: CompletionSources; readonly remember: (query: string) => void } {
  const facets = useFacets(filter, isWanted)
  const { presets } = usePresets()
  const [recent, remember] = useRecentSearches()
  const sources = useMemo(() => ({ facets, presets, recent }), [facets, presets, recent])
  return { sources, remember }
}
