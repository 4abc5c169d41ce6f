import type { HistoricalRun, HistoricalSceneMetrics, RunStatus } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { aggregatesOf } from './aggregates'
import { canonicalJson } from './canonicalJson'
import { mergeScene } from './mergeScene'

/**
 * One run, told twice, in pieces or whole: scenes unite, aggregates are computed anew. Commutative, associative and idempotent, so
 * that any order, any repetition and any tab leads to the same run (api.md, "Identity").
 */
export function mergeRun(a: HistoricalRun, b: HistoricalRun): HistoricalRun {
  const [later, earlier] = compareActivity(a, b) >= 0 ? [a, b] : [b, a]
  const [edited, unedited] = (a.editedAt ?? 0) === (b.editedAt ?? 0) ? [later, earlier] : byEdit(a, b)
  return normalizeRun({
    runId: a.runId,
    timestamp: Math.min(a.timestamp, b.timestamp),
    scenes: [...a.scenes, ...b.scenes],
    fallbackCount: 0,
    ...definedMembers({
      status: later.status ?? earlier.status,
      endedAt: later.status === 'running' ? undefined : (later.endedAt ?? earlier.endedAt),
      storyId: later.storyId ?? earlier.storyId,
      source: later.source ?? earlier.source,
      policy: later.policy ?? earlier.policy,
      sceneCount: greater(a.sceneCount, b.sceneCount),
      runName: edited.runName ?? unedited.runName,
      tags: edited.tags ?? unedited.tags,
      notes: edited.notes ?? unedited.notes,
      editedAt: greater(a.editedAt, b.editedAt),
    }),
  })
}

/** A run with one record a scene, in code-point order of their ids, and aggregates that agree with them. */
export function normalizeRun(run: HistoricalRun): HistoricalRun {
  const scenes = new Map<string, HistoricalSceneMetrics>()
  for (const scene of run.scenes) {
    const known = scenes.get(scene.sceneId)
    scenes.set(scene.sceneId, known ? mergeScene(known, scene) : scene)
  }
  const ordered = [...scenes.values()].sort((a, b) => (a.sceneId < b.sceneId ? -1 : 1))
  const { averageDuration: _a, successRate: _s, gpuAverageFree: _g, fallbackCount: _f, ...head } = run
  return { ...head, scenes: ordered, ...aggregatesOf(ordered) }
}

const byEdit = (a: HistoricalRun, b: HistoricalRun): readonly [HistoricalRun, HistoricalRun] =>
  (a.editedAt ?? 0) > (b.editedAt ?? 0) ? [a, b] : [b, a]

/** Finished beats running where nothing else tells which is newer. */
const STATUS_RANK: Readonly<Record<RunStatus, number>> = {
  running: 1,
  interrupted: 2,
  failed: 3,
  completed: 4,
}

function compareActivity(a: HistoricalRun, b: HistoricalRun): number {
  return (
    activityOf(a) - activityOf(b) || rankOf(a) - rankOf(b) || (canonicalJson(a) < canonicalJson(b) ? -1 : 1)
  )
}

const rankOf = ({ status }: HistoricalRun): number => (status ? STATUS_RANK[status] : 0)

function activityOf(run: HistoricalRun): number {
  const times = run.scenes.flatMap((scene) => [
    scene.queuedAt ?? 0,
    scene.endedAt ?? 0,
    ...(scene.attemptLog ?? []).map(({ endedAt, queuedAt }) => endedAt ?? queuedAt ?? 0),
  ])
  return times.reduce((latest, time) => Math.max(latest, time), Math.max(run.timestamp, run.endedAt ?? 0))
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}
