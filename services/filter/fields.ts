import type { HistoricalSceneMetrics, RunField, SceneField } from '../../types'

/** A field the grammar, the matcher and the search box's completion know. */
export type FieldInfo = TextField | NumberField | DateField
export interface TextField {
  readonly kind: 'text'
  /** What a plain value is compared with: the whole of what is stored, or any part of it. */
  readonly match: 'whole' | 'part'
  /** The only values there are, where the set is closed. */
  readonly values?: readonly string[]
  /** What people call its values, in any case: they ask for the value. The first is the one that pages show. */
  readonly words?: ReadonlyMap<string, readonly string[]>
  /** Words of the screen that are no value of it, and what to say of them. */
  readonly otherWords?: { readonly words: readonly string[]; readonly why: string }
  readonly doc: string
}
export interface NumberField {
  readonly kind: 'number'
  readonly unit: Unit
  readonly doc: string
}
export interface DateField {
  readonly kind: 'date'
  readonly doc: string
}
/** How a number is written: times kept in ms, sizes in bytes, shares and percentages as fractions. */
export type Unit = 'time' | 'size' | 'share' | 'percent' | 'count'

const STATUS_WORDS = new Map([
  ['success', ['completed', 'succeeded']],
  ['timeout', ['timeout', 'timed out', 'timed-out']],
])
const STATES_OF_RUNS = {
  words: ['running', 'interrupted'],
  why: 'whether a run is running or was interrupted cannot be filtered; of its scenes',
}
const REASON_WORDS = new Map([
  ['outOfMemory', ['out of memory']],
  ['serverRestart', ['server restart']],
  ['maxWait', ['max wait']],
  ['attemptLimit', ['attempt limit']],
  ['postExecution', ['files did not appear']],
])
const STATUSES = ['success', 'failed', 'timeout', 'skipped'] as const satisfies readonly SceneStatus[]

/** Fields of a scene: one scene must make all of a group's terms true. */
export const SCENE_FIELDS: Readonly<Record<SceneField, FieldInfo>> = {
  status: {
    kind: 'text',
    match: 'whole',
    values: STATUSES,
    words: STATUS_WORDS,
    otherWords: STATES_OF_RUNS,
    doc: 'how the scene ended',
  },
  reason: {
    kind: 'text',
    match: 'whole',
    words: REASON_WORDS,
    doc: 'why it ended, such as maxWait or outOfMemory',
  },
  gpu: { kind: 'text', match: 'whole', doc: 'the GPU it ran on' },
  duration: { kind: 'number', unit: 'time', doc: 'execution time of the last attempt' },
  attempts: { kind: 'number', unit: 'count', doc: 'times it was queued' },
  scene: { kind: 'text', match: 'whole', doc: 'the scene’s id' },
  error: { kind: 'text', match: 'part', doc: 'the error’s message' },
  vram: { kind: 'number', unit: 'size', doc: 'mean free GPU memory' },
  cached: { kind: 'number', unit: 'share', doc: 'share of nodes served from cache' },
  workflow: { kind: 'text', match: 'whole', doc: 'the workflow’s hash' },
  model: { kind: 'text', match: 'whole', doc: 'any of the models it used' },
  size: { kind: 'text', match: 'whole', doc: 'width × height, such as 1280x720' },
  steps: { kind: 'number', unit: 'count', doc: 'sampling steps' },
  node: { kind: 'text', match: 'whole', doc: 'type of the node that failed or was timed' },
  cold: {
    kind: 'text',
    match: 'whole',
    values: ['true', 'false'],
    doc: 'first prompt after a load of models',
  },
}

/** Fields of a run: the same for each of its scenes. */
export const RUN_FIELDS: Readonly<Record<RunField, FieldInfo>> = {
  run: { kind: 'text', match: 'whole', doc: 'the run’s id' },
  name: { kind: 'text', match: 'part', doc: 'the run’s name' },
  story: { kind: 'text', match: 'whole', doc: 'the story’s id' },
  tag: { kind: 'text', match: 'whole', doc: 'any of its tags' },
  source: { kind: 'text', match: 'whole', doc: 'the server or file it came from' },
  date: { kind: 'date', doc: 'when it began; also after: and before:' },
  success: { kind: 'number', unit: 'percent', doc: 'share of scenes that succeeded' },
  policy: { kind: 'text', match: 'whole', doc: 'a limit it ran under, such as maxWaitSeconds=600' },
  text: { kind: 'text', match: 'part', doc: 'notes, name, ids, tags and error messages' },
}

/** All of them, in the order in which a query is written. */
export const FIELDS: Readonly<Record<SceneField | RunField, FieldInfo>> = { ...SCENE_FIELDS, ...RUN_FIELDS }

/** Whether a word names a field; `after` and `before` are ways to write `date`. */
export const isField = (name: string): name is SceneField | RunField => Object.hasOwn(FIELDS, name)

/** Whether a text is one of the four statuses, exactly as stored. */
export const isStatus = (value: string): value is SceneStatus => STATUSES.some((each) => each === value)

type SceneStatus = HistoricalSceneMetrics['status']
