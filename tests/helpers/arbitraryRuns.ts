import fc from 'fast-check'
import type {
  FilterExpression,
  HistoricalRun,
  HistoricalSceneMetrics,
  QueuePolicy,
  RunField,
  SceneField,
  TelemetryFilter,
} from '../../types'

/** The moment the generated runs and relative dates are about. */
export const NOW = Date.UTC(2026, 10, 20, 12)

const DAY = 86_400_000
/** Few enough that filters find runs; with accents, case, full-width forms, wildcards and quotes among them. */
const WORDS = [
  ...[
    'night',
    'Night run',
    'ÉTÉ',
    'été',
    'ＲＴＸ ４０９０',
    'RTX 4090',
    'NVIDIA A100',
    'scene-001',
    'scene-002',
  ],
  ...[
    'a*b',
    'a\\b',
    'say "hi"',
    'OR',
    '-x',
    'x:y',
    '(p)',
    'c,d',
    '',
    ' ',
    'out of memory',
    'Straße',
    '日本',
    '=',
    '/a/',
  ],
]
const word = fc.constantFrom(...WORDS)
const id = fc.constantFrom(...WORDS.filter((each) => each !== ''))
const time = fc.integer({ min: NOW - 30 * DAY, max: NOW })
const number = fc.constantFrom(0, 1, 2, 3, 90_000, 5_400_000, 8 * 2 ** 30, 0.5, 0.1, 1 / 3, 1)
const STATUSES = ['success', 'failed', 'timeout', 'skipped'] as const
const REASONS = ['success', 'error', 'outOfMemory', 'maxWait', 'interrupted', 'new reason'] as const

/** Members that are given; the others are left out, as everywhere. */
const some = <T extends object>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>

const policy: fc.Arbitrary<QueuePolicy> = fc.record({
  maxWaitSeconds: fc.constantFrom(300, 600),
  maxAttempts: fc.constantFrom(0, 3),
  pollIntervalSeconds: fc.constant(2),
  postExecutionTimeoutSeconds: fc.constant(30),
  sceneRetryBudget: fc.constantFrom(0, 1),
  delayBetweenScenesSeconds: fc.constant(0),
  batchSize: fc.constant(0),
})

const environment = some({
  workflowHash: word,
  models: fc.array(word, { maxLength: 2 }),
  width: fc.constantFrom(512, 1280),
  height: fc.constantFrom(512, 720),
  steps: number,
})

const error = fc
  .tuple(fc.record({ type: word, message: word }), some({ nodeId: word, nodeType: word }))
  .map(([told, node]) => ({ ...told, ...node }))

const scene: fc.Arbitrary<HistoricalSceneMetrics> = fc
  .tuple(
    fc.record({ sceneId: id, attempts: fc.nat(3), status: fc.constantFrom(...STATUSES) }),
    some({
      duration: number,
      gpuVramFree: number,
      exitReason: fc.constantFrom(...REASONS),
      gpuName: word,
      cached: fc.constantFrom(0, 0.5, 1),
      cold: fc.boolean(),
      environment,
      error,
      nodeTimes: fc.array(fc.record({ nodeId: word, nodeType: word, ms: number }), { maxLength: 2 }),
    }),
  )
  .map(([head, rest]) => ({ ...head, ...rest }))

/** A run of up to four scenes; most of what a record may tell is missing in some. */
export function arbitraryRun(): fc.Arbitrary<HistoricalRun> {
  return fc
    .tuple(
      fc.record({
        runId: id,
        timestamp: time,
        scenes: fc.array(scene, { maxLength: 4 }),
        fallbackCount: fc.nat(2),
      }),
      some({
        successRate: fc.constantFrom(0, 0.5, 0.8, 1),
        runName: word,
        storyId: word,
        source: id,
        notes: word,
        tags: fc.array(word, { maxLength: 2 }),
        policy,
      }),
    )
    .map(([head, rest]) => ({ ...head, ...rest }))
}

const SCENE_FIELDS = [
  ...['status', 'reason', 'gpu', 'duration', 'attempts', 'scene', 'error', 'vram', 'cached', 'workflow'],
  ...['model', 'size', 'steps', 'node', 'cold'],
] as readonly SceneField[]
const RUN_FIELDS = [
  ...['run', 'name', 'story', 'tag', 'source', 'date', 'success', 'policy', 'text'],
] as readonly RunField[]

const field = fc.constantFrom<SceneField | RunField>(...SCENE_FIELDS, ...RUN_FIELDS)
const numberField = fc.constantFrom<SceneField | RunField>(
  'duration',
  'attempts',
  'vram',
  'cached',
  'steps',
  'success',
)
const values = [
  ...WORDS,
  ...STATUSES,
  ...REASONS,
  'FAILED',
  'true',
  'false',
  '1280x720',
  '2',
  '0.5',
  'maxWaitSeconds=600',
]
const value = fc.oneof(
  { arbitrary: fc.constantFrom(...values), weight: 6 },
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const glob = fc
  .array(fc.constantFrom('*', 'scene-', 'night', '00', 'R', '\\*', '\\', 'a', 'é'), { maxLength: 4 })
  .map((parts) => parts.join(''))
const pattern = fc.constantFrom(
  '',
  'out of',
  '^n',
  'scene-0+1',
  '(night|run)',
  '[a-c/]',
  'a\\/b',
  '\\d{2}',
  '(?i)RTX',
  'É',
  '.',
)
const when = fc.oneof(
  time,
  fc.constantFrom(new Date(2026, 10, 1).getTime(), new Date(2026, 10, 10).getTime(), -1, 0.5, 8e15),
  fc.constantFrom(0, 90_000, DAY, 7 * DAY, -DAY, 1 / 3).map((ago) => ({ ago })),
)
const bounds = fc.record(
  { min: fc.oneof(number, fc.double()), max: fc.oneof(number, fc.double()) },
  { requiredKeys: [] },
)

const term: fc.Arbitrary<FilterExpression> = fc.oneof(
  { arbitrary: fc.record({ field, op: fc.constantFrom('is', 'contains'), value }), weight: 4 },
  { arbitrary: fc.record({ field, op: fc.constant('glob'), value: glob }), weight: 2 },
  fc.record({ field, op: fc.constant('regex'), value: pattern }),
  { arbitrary: fc.tuple(numberField, bounds).map(([of, range]) => ({ field: of, ...range })), weight: 2 },
  fc.tuple(field, bounds).map(([of, range]) => ({ field: of, ...range })),
  fc.record({ field: fc.constant('date'), after: when, before: when }, { requiredKeys: ['field'] }),
) as fc.Arbitrary<FilterExpression>

/** Groups and negations up to three levels deep, empty ones among them. */
const { expression } = fc.letrec<{ expression: FilterExpression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: term, weight: 4 },
    fc.array(tie('expression'), { maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('expression'), { maxLength: 3 }).map((or) => ({ or })),
    tie('expression').map((not) => ({ not })),
  ),
}))

const list = fc.array(value, { maxLength: 3 })

/** Any filter the types allow whose patterns can be run: up to three members and, half the time, an expression. */
export function arbitraryFilter(): fc.Arbitrary<TelemetryFilter> {
  const all: fc.Arbitrary<Required<TelemetryFilter>> = fc.record({
    dateRange: fc.record({ from: when, to: when }, { requiredKeys: [] }),
    status: fc.array(fc.constantFrom(...STATUSES), { maxLength: 3 }),
    exitReason: fc.array(fc.constantFrom(...REASONS), { maxLength: 3 }),
    gpuModel: list,
    duration: bounds as fc.Arbitrary<{ min?: number; max?: number }>,
    attempts: bounds as fc.Arbitrary<{ min?: number; max?: number }>,
    sceneIds: list,
    storyIds: list,
    runIds: list,
    tags: list,
    source: list,
    text: value,
    errorPattern: pattern,
    expression,
  })
  const names = fc.subarray(
    ['dateRange', 'status', 'exitReason', 'gpuModel', 'duration', 'attempts', 'sceneIds', 'storyIds'].concat([
      ...['runIds', 'tags', 'source', 'text', 'errorPattern'],
    ]),
    { maxLength: 3 },
  )
  return fc.tuple(all, names, fc.boolean()).map(([filter, kept, isExpressed]) => {
    const members = Object.entries(filter).filter(([name]) =>
      name === 'expression' ? isExpressed : kept.includes(name),
    )
    return Object.fromEntries(members)
  })
}
