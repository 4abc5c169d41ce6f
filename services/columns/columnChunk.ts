import { mapNames } from '../shared/mapNames'
import { COLUMNS_VERSION } from './columnsVersion'

/** Nobody types it, so that no search finds anything across two fields. */
export const FIELD_BREAK = '\u0001'

/** Text by code: 0 is absent, else `values[code - 1]`. */
export interface CodedColumn {
  readonly values: readonly string[]
  readonly codes: Uint8Array | Uint16Array | Uint32Array
}

/** Numbers of a run; NaN is absent. `bytes` is what it takes in storage, about; `arrived` its place among all that ever came. */
export const RUN_NUMBERS = [
  'timestamp',
  'endedAt',
  'averageDuration',
  'successRate',
  'gpuAverageFree',
  'fallbackCount',
  'sceneCount',
  'editedAt',
  'deletedAt',
  'bytes',
  'arrived',
] as const
/** Texts of a run. `tags`, and below `nodes` and `models`, are JSON lists; `policy` and `facts` JSON objects. */
export const RUN_TEXTS = ['runName', 'storyId', 'status', 'source', 'policy', 'tags', 'deletion'] as const
/** Numbers of a scene, of its last attempt; NaN is absent. `limit` is the max wait it ran under, ms. */
export const SCENE_NUMBERS = [
  'duration',
  'attempts',
  'vramFree',
  'utilization',
  'queueWait',
  'cached',
  'steps',
  'limit',
] as const
/** Texts of a scene. A row without `sceneId` stands for a run that has no scene. */
export const SCENE_TEXTS = [
  'sceneId',
  'status',
  'reason',
  'gpu',
  'error',
  'nodes',
  'models',
  'workflow',
  'size',
  'cold',
  'cohort',
  'facts',
] as const

/** A numeric column of runs. */
export type RunNumber = (typeof RUN_NUMBERS)[number]
/** A text column of runs. */
export type RunText = (typeof RUN_TEXTS)[number]
/** A numeric column of scenes. */
export type SceneNumber = (typeof SCENE_NUMBERS)[number]
/** A text column of scenes. */
export type SceneText = (typeof SCENE_TEXTS)[number]

/**
 * Up to CHUNK_RUNS runs and their scenes as columns: what lists, filters and statistics read instead of the records. Never
 * changed, only replaced. Scenes of run `i` are the rows `starts[i]` to `starts[i + 1]`, at least one.
 */
export interface ColumnChunk {
  readonly chunk: number
  readonly version: number
  /** Another one after every change; the same number in `meta` says that this is the newest. */
  readonly revision: number
  /** Of what is stored; in memory it may be an earlier one's. */
  readonly checksum: number
  readonly runIds: readonly string[]
  readonly starts: Uint32Array
  readonly runNumbers: Readonly<Record<RunNumber, Float64Array>>
  readonly runTexts: Readonly<Record<RunText, CodedColumn>>
  readonly sceneNumbers: Readonly<Record<SceneNumber, Float64Array>>
  readonly sceneTexts: Readonly<Record<SceneText, CodedColumn>>
  /** What full text search reads of each run: its fields with FIELD_BREAK between them. */
  readonly texts: readonly string[]
}

/** One run as a row: absent numbers and texts are left out. */
export interface ColumnRow {
  readonly runId: string
  readonly numbers: Readonly<Partial<Record<RunNumber, number>>>
  readonly texts: Readonly<Partial<Record<RunText, string>>>
  readonly scenes: readonly {
    readonly numbers: Readonly<Partial<Record<SceneNumber, number>>>
    readonly texts: Readonly<Partial<Record<SceneText, string>>>
  }[]
  readonly searched: string
}

/** A chunk without runs; not sealed. */
export const emptyChunk = (chunk: number): ColumnChunk => ({
  chunk,
  version: COLUMNS_VERSION,
  revision: 0,
  checksum: 0,
  runIds: [],
  starts: new Uint32Array(1),
  runNumbers: mapNames(RUN_NUMBERS, () => new Float64Array()),
  runTexts: mapNames(RUN_TEXTS, emptyCodes),
  sceneNumbers: mapNames(SCENE_NUMBERS, () => new Float64Array()),
  sceneTexts: mapNames(SCENE_TEXTS, emptyCodes),
  texts: [],
})

const emptyCodes = (): CodedColumn => ({ values: [], codes: new Uint8Array() })

/** Number of scene rows. */
export const sceneRows = ({ starts }: ColumnChunk): number => starts[starts.length - 1] ?? 0

/** The text at a row; undefined is absent. */
export function textAt({ values, codes }: CodedColumn, row: number): string | undefined {
  const code = codes[row] ?? 0
  return code === 0 ? undefined : values[code - 1]
}

/** The number at a row; undefined is absent. */
export function numberAt(column: Float64Array, row: number): number | undefined {
  const value = column[row]
  return value === undefined || Number.isNaN(value) ? undefined : value
}
