import type { HistoricalRun, HistoricalSceneMetrics, RunStatus, RunTold } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { aggregatesOf } from '../comparison/aggregates'
import { canonicalJson } from '../shared/canonicalJson'
import { MAX_TIME } from '../wire/maxTime'
import { MAX_SCENES } from '../wire/recordLimits'
import { mergeScene } from './mergeScene'

/**
 * One run, told twice, in pieces or whole: scenes unite, aggregates are computed anew. Commutative, associative and idempotent, so
 * that any order, any repetition and any tab leads to the same run (docs/history.md, "Saving").
 */
export function mergeRun(a: HistoricalRun, b: HistoricalRun): HistoricalRun {
  const editedAt = greater(a.editedAt, b.editedAt)
  return normalizeRun({
    runId: a.runId,
    timestamp: Math.min(a.timestamp, b.timestamp),
    scenes: [...a.scenes, ...b.scenes],
    fallbackCount: 0,
    ...definedMembers({
      status: rankOf(a) >= rankOf(b) ? a.status : b.status,
      endedAt: greater(a.endedAt, b.endedAt),
      lastAt: greater(a.lastAt, b.lastAt),
      told: laterTold(a.told, b.told),
      sceneCount: greater(a.sceneCount, b.sceneCount),
      storyId: greaterJson(a.storyId, b.storyId),
      source: greaterJson(a.source, b.source),
      policy: greaterJson(a.policy, b.policy),
      editedAt,
    }),
    ...mergeEdits({ ...a, ...tagsOnce(a) }, { ...b, ...tagsOnce(b) }, editedAt ?? 0),
  })
}

/**
 * A run with each tag once and one record a scene, in code-point order of their ids, and aggregates that agree with them. Of more than
 * MAX_SCENES the first stay; an edit is dated MAX_TIME at the latest.
 */
export function normalizeRun(run: HistoricalRun): HistoricalRun {
  const scenes = new Map<string, HistoricalSceneMetrics>()
  for (const scene of run.scenes) {
    const known = scenes.get(scene.sceneId)
    scenes.set(scene.sceneId, known ? mergeScene(known, scene) : scene)
  }
  const ordered = [...scenes.values()].sort((a, b) => (a.sceneId < b.sceneId ? -1 : 1)).slice(0, MAX_SCENES)
  const {
    averageDuration: _a,
    successRate: _s,
    gpuAverageFree: _g,
    fallbackCount: _f,
    edits: _e,
    editedAt: edited,
    ...head
  } = run
  const editedAt = inTime(edited)
  const edits = editsOnce({ ...run, ...definedMembers({ editedAt }) })
  return {
    ...head,
    ...definedMembers({ editedAt }),
    ...edits,
    ...tagsOnce(run),
    scenes: ordered,
    ...aggregatesOf(ordered),
  }
}

/** Times of edits are kept of fields that there are, where they differ from the run's. */
function editsOnce({ edits, editedAt = 0, ...fields }: HistoricalRun): Pick<HistoricalRun, 'edits'> {
  const timeOf = (field: Edited): number | undefined => {
    const at = inTime(edits?.[field])
    return fields[field] === undefined || at === editedAt ? undefined : at
  }
  const kept = definedMembers({ runName: timeOf('runName'), tags: timeOf('tags'), notes: timeOf('notes') })
  return Object.keys(kept).length === 0 ? {} : { edits: kept }
}

const inTime = (at: number | undefined): number | undefined =>
  at === undefined ? undefined : Math.min(at, MAX_TIME)

const tagsOnce = ({ tags }: HistoricalRun): Pick<HistoricalRun, 'tags'> =>
  tags === undefined ? {} : { tags: [...new Set(tags)] }

/**
 * Each of name, tags and notes is decided by when it was edited, a tie by its text. `edits` keeps the times that differ from the
 * run's, without which a third telling would be judged by the wrong one.
 */
function mergeEdits(a: HistoricalRun, b: HistoricalRun, editedAt: number): Partial<HistoricalRun> {
  const runName = newer(a, b, 'runName')
  const tags = newer(a, b, 'tags')
  const notes = newer(a, b, 'notes')
  const edits = definedMembers({
    runName: timeUnless(runName, 'runName', editedAt),
    tags: timeUnless(tags, 'tags', editedAt),
    notes: timeUnless(notes, 'notes', editedAt),
  })
  return definedMembers({
    runName: runName?.runName,
    tags: tags?.tags,
    notes: notes?.notes,
    edits: Object.keys(edits).length > 0 ? edits : undefined,
  })
}

type Edited = 'runName' | 'tags' | 'notes'

/** Of the two the run whose telling of the field counts; undefined when neither tells it. */
function newer(a: HistoricalRun, b: HistoricalRun, field: Edited): HistoricalRun | undefined {
  if (a[field] === undefined) return b[field] === undefined ? undefined : b
  if (b[field] === undefined) return a
  const byTime = timeOf(a, field) - timeOf(b, field)
  return byTime > 0 || (byTime === 0 && canonicalJson(a[field]) >= canonicalJson(b[field])) ? a : b
}

const timeOf = (run: HistoricalRun, field: Edited): number => run.edits?.[field] ?? run.editedAt ?? 0

function timeUnless(run: HistoricalRun | undefined, field: Edited, editedAt: number): number | undefined {
  const time = run && timeOf(run, field)
  return time === editedAt ? undefined : time
}

/** Finished beats running: a run that was opened again is told so by its recorder, not by merging. */
const STATUS_RANK: Readonly<Record<RunStatus, number>> = {
  running: 1,
  interrupted: 2,
  failed: 3,
  completed: 4,
}

const rankOf = ({ status }: HistoricalRun): number => (status ? STATUS_RANK[status] : 0)

function laterTold(a: RunTold | undefined, b: RunTold | undefined): RunTold | undefined {
  if (a === undefined || b === undefined || a.at === b.at) return greaterJson(a, b)
  return a.at > b.at ? a : b
}

/** Where two sources contradict each other, which doesn't happen in one journal, any rule will do that knows no order. */
function greaterJson<T>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return canonicalJson(a) >= canonicalJson(b) ? a : b
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}
