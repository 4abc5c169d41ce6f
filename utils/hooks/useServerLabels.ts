import { useMemo } from 'react'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

type Labels = readonly { readonly source: string; readonly label: string }[]

/** What the servers of the saved runs are called, by their source; undefined while it is not known. */
export function useServerLabels(): ReadonlyMap<string, string> | undefined {
  const { value } = useHistoryAnswer(null, ask)
  return useMemo(() => value && new Map(value.map(({ source, label }) => [source, label])), [value])
}

const ask: AskHistory<null, Labels> = (history) => history.sourceLabels()
