import { useMemo } from 'react'
import type { LiveState, RunEnvironment } from '../../types'
import { estimateTimeLeft } from '../live/estimateTimeLeft'
import type { RunProgress } from '../live/runProgress'
import { useExpectedTime } from './useExpectedTime'
import { useLive } from './useLive'
import { useNow } from './useNow'
import { useShownRealtime } from './ShownServer'

/** About how long a live run still takes, ms; undefined while that can't be told, or when it is over. */
export function useTimeLeft(progress: RunProgress): number | undefined {
  const realtime = useShownRealtime()
  const now = useNow(1_000)
  const { current, keys, counts, of, done, isOver } = progress
  const select = useMemo(() => (state: LiveState) => environmentOf(state, current), [current])
  const environment = useLive(select)
  const scene = current === undefined ? undefined : realtime.getSnapshot().scenes.get(current)
  const usual = useExpectedTime(environment && scene ? { ...scene, environment, cold: false } : undefined)
  if (isOver) return undefined
  const { scenes, receivedAt } = realtime.getSnapshot()
  const updates = keys.flatMap((key) => {
    const update = scenes.get(key)
    return update ? { key, update } : []
  })
  return estimateTimeLeft({
    usual: usual?.median,
    durations: updates.flatMap(({ update }) =>
      update.status === 'completed' && !update.cached ? (update.duration ?? []) : [],
    ),
    remaining: of - done - counts.executing,
    elapsed: updates.flatMap(({ key, update }) =>
      update.status === 'executing'
        ? (update.duration ?? 0) + Math.max(0, now - (receivedAt.get(key) ?? now))
        : [],
    ),
    parallel: counts.executing,
  })
}

const environmentOf = (state: LiveState, key: string | undefined): RunEnvironment | undefined =>
  key === undefined ? undefined : state.scenes.get(key)?.environment
