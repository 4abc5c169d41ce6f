import { useServerLabels } from './useServerLabels'

/** Names the servers of saved runs by their source; null while the history knows one server only, and none needs a name. */
export function useSourceLabels(): ReadonlyMap<string, string> | null {
  const labels = useServerLabels()
  return labels && new Set(labels.values()).size > 1 ? labels : null
}
