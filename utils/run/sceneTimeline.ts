import type { AttemptRecord, HistoricalSceneMetrics } from '../../types'
import { markOfEnd, type SceneMark } from '../format/describeOutcome'

/** A stretch of a scene's time, epoch ms: waiting in the queue, or an attempt at work. */
export type TimelineSegment =
  | { readonly kind: 'queue'; readonly attempt: number; readonly from: number; readonly to: number }
  | {
      readonly kind: 'run'
      readonly attempt: number
      readonly from: number
      readonly to: number
      readonly mark: SceneMark
    }
export interface SceneTimeline {
  readonly sceneId: string
  readonly segments: readonly TimelineSegment[]
}
/** All scenes of a run on one axis; `from` and `to` are absent when no time is known. */
export interface RunTimeline {
  readonly from?: number
  readonly to?: number
  readonly scenes: readonly SceneTimeline[]
}

/** When each attempt of each scene waited and worked. What is not known of an attempt is told from the rest of it, or left out. */
export function sceneTimeline(scenes: readonly HistoricalSceneMetrics[]): RunTimeline {
  const rows = scenes.map((scene) => ({
    sceneId: scene.sceneId,
    segments: (scene.attemptLog ?? []).flatMap(segmentsOf),
  }))
  const all = rows.flatMap(({ segments }) => segments)
  if (all.length === 0) return { scenes: rows }
  return {
    from: all.reduce((least, { from }) => Math.min(least, from), Infinity),
    to: all.reduce((most, { to }) => Math.max(most, to), -Infinity),
    scenes: rows,
  }
}

function segmentsOf(record: AttemptRecord): readonly TimelineSegment[] {
  const { attempt, exitReason } = record
  const { queuedAt, startedAt, endedAt } = timesOf(record)
  const queueEnd = startedAt ?? endedAt
  const mark = markOfEnd(exitReason)
  return [
    ...(queuedAt !== undefined && queueEnd !== undefined && queueEnd > queuedAt
      ? [{ kind: 'queue' as const, attempt, from: queuedAt, to: queueEnd }]
      : []),
    ...(startedAt !== undefined && endedAt !== undefined && endedAt >= startedAt
      ? [{ kind: 'run' as const, attempt, from: startedAt, to: endedAt, mark }]
      : []),
  ]
}

function timesOf(record: AttemptRecord): Pick<AttemptRecord, 'queuedAt' | 'startedAt' | 'endedAt'> {
  const { queuedAt, queueWait, duration, endedAt: end } = record
  const waited = queuedAt !== undefined && queueWait !== undefined ? queuedAt + queueWait : undefined
  const ran = end !== undefined && duration !== undefined ? end - duration : undefined
  const startedAt = record.startedAt ?? ran ?? waited
  const endedAt =
    end ?? (startedAt !== undefined && duration !== undefined ? startedAt + duration : undefined)
  return {
    ...(queuedAt === undefined ? {} : { queuedAt }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}
