import { useMemo } from 'react'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

type Labels = readonly { readonly source: string; readonly label: string }[]

/** Names the servers of saved runs by their source; null while the history knows one server only, and none needs a name. */
export function useSourceLabels(): ReadonlyMap<string, string> | null {
  const { value } = useHistoryAnswer(null, ask)
  return useMemo(() => {
    const labels = new Map(value?.map(({ source, label }) => [source, label]))
    return new Set(labels.values()).size > 1 ? labels : null
  }, [value])
}

const ask: AskHistory<null, Labels> = (history) => history.sourceLabels()
