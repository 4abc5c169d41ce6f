import type { AsyncAnswer } from './useAsync'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

type Tags = readonly { readonly tag: string; readonly count: number }[]

/** Every tag of the history and how many runs have it; asked again when the history changed. */
export function useTags(): AsyncAnswer<Tags> {
  return useHistoryAnswer(null, ask)
}

const ask: AskHistory<null, Tags> = (history) => history.tags()
