import { useEffect, useState } from 'react'
import type { RunSummary, TelemetryFilter } from '../../types'
import { useTelemetry } from './TelemetryProvider'

/** Rows that fly past are not asked about. */
const SETTLE_MS = 150

/**
 * Of each of these runs the first scene that a filter is true of, where it is not true of all of them; by run id. Empty without a
 * filter and until it is known.
 */
export function useMatchedScenes(
  runs: readonly RunSummary[],
  filter: TelemetryFilter | undefined,
): ReadonlyMap<string, string> {
  const { history } = useTelemetry()
  const [known, setKnown] = useState<{ readonly key: string; readonly scenes: ReadonlyMap<string, string> }>(
    NOTHING,
  )
  const isFiltered = Object.keys(filter ?? {}).length > 0
  const filterKey = JSON.stringify(filter ?? {})
  const key = isFiltered ? JSON.stringify(runs.map((run) => [run.runId, sceneCount(run)])) : '[]'
  useEffect(() => {
    if (key === '[]') return
    let isLate = false
    const ask = async (): Promise<void> => {
      const counts = new Map<string, number>(JSON.parse(key))
      const asked: TelemetryFilter = JSON.parse(filterKey)
      const matches = await history.matches([...counts.keys()], asked).catch(() => []) // a link without its scene
      if (isLate) return
      const scenes = matches.flatMap(({ runId, scenes: [first, ...more] }) =>
        first !== undefined && more.length + 1 < (counts.get(runId) ?? 0) ? [[runId, first] as const] : [],
      )
      setKnown({ key: filterKey, scenes: new Map(scenes) })
    }
    const timer = setTimeout(() => void ask(), SETTLE_MS)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [history, key, filterKey])
  return known.key === filterKey && isFiltered ? known.scenes : NOTHING.scenes
}

const NOTHING = { key: '', scenes: new Map<string, string>() }
const sceneCount = ({ counts }: RunSummary): number =>
  counts.success + counts.failed + counts.timeout + counts.skipped
