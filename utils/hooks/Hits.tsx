import { createContext, useContext, type ReactElement, type ReactNode } from 'react'
import type { Match, TelemetryFilter } from '../../types'
import { readQueryParts } from '../../services/telemetryFilterService'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

type Ranges = Match['hits'][number]['ranges']

const HitsContext = createContext<Match['hits']>([])

/** Finds where a query stands in a run's texts, for `useHit` below it. Without a query, nowhere. */
export function Hits(props: {
  readonly runId: string
  readonly query: string | undefined
  readonly children: ReactNode
}): ReactElement {
  const { runId, query = '', children } = props
  const { value } = useHistoryAnswer({ runId, query }, ask)
  return <HitsContext value={value?.[0]?.hits ?? NO_HITS}>{children}</HitsContext>
}

/** Where in a text of the run, or of one of its scenes, what was sought stands; fields as in `Match`. */
export function useHit(field: string, sceneId?: string): Ranges {
  const hits = useContext(HitsContext)
  return hits.find((hit) => hit.field === field && hit.sceneId === sceneId)?.ranges ?? NO_RANGES
}

interface Question {
  readonly runId: string
  readonly query: string
}

const ask: AskHistory<Question, readonly Match[]> = async (history, { runId, query }) => {
  const filter: TelemetryFilter = readQueryParts(query).filter
  return Object.keys(filter).length === 0 ? [] : history.matches([runId], filter)
}

const NO_HITS: Match['hits'] = []
const NO_RANGES: Ranges = []
