import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import { canonicalJson } from '../../../services/shared/canonicalJson'
import { mergeRun, normalizeRun } from '../../../services/history/mergeRun'
import { exitReasons } from '../../../services/shared/exitReason'
import type { AttemptRecord, HistoricalRun, HistoricalSceneMetrics } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const time = fc.integer({ min: 1, max: 20 })
/** Absent members are left out, as everywhere. */
const record = <T>(
  members: Record<string, fc.Arbitrary<unknown>>,
  always: readonly string[],
): fc.Arbitrary<T> =>
  fc.record(members, { requiredKeys: [...always] }) as fc.Arbitrary<unknown> as fc.Arbitrary<T>

const attempt = record<AttemptRecord>(
  {
    attempt: fc.integer({ min: 1, max: 3 }),
    attemptGiven: fc.integer({ min: 1, max: 3 }),
    promptId: fc.constantFrom('p1', 'p2', 'p3'),
    source: fc.constantFrom('s1', 's2'),
    exitReason: fc.constantFrom(...exitReasons),
    queuedAt: time,
    endedAt: time,
    duration: time,
  },
  ['attempt', 'exitReason'],
)
const logged: fc.Arbitrary<HistoricalSceneMetrics> = fc
  .tuple(fc.constantFrom('a', 'b'), fc.array(attempt, { minLength: 1, maxLength: 3 }))
  .map(([sceneId, attemptLog]) => ({ sceneId, attempts: attemptLog.length, status: 'failed', attemptLog }))
/** As a host tells one that keeps no log: its last attempt and what it fell back on. */
const unlogged = record<HistoricalSceneMetrics>(
  {
    sceneId: fc.constantFrom('a', 'b'),
    attempts: fc.integer({ min: 0, max: 3 }),
    status: fc.constantFrom('success', 'failed', 'timeout', 'skipped'),
    exitReason: fc.constantFrom(...exitReasons),
    promptId: fc.constantFrom('p1', 'p2'),
    source: fc.constantFrom('s1', 's2'),
    queuedAt: time,
    endedAt: time,
    duration: time,
    gpuVramFree: time,
    cached: fc.constantFrom(0, 1),
    fallbackNotes: fc.array(fc.constantFrom('smaller', 'tiled'), { maxLength: 2 }),
  },
  ['sceneId', 'attempts', 'status'],
)
const scene = fc.oneof(logged, unlogged)
const POLICY = {
  maxWaitSeconds: time,
  maxAttempts: fc.constant(0),
  pollIntervalSeconds: fc.constant(2),
  postExecutionTimeoutSeconds: fc.constant(30),
  batchSize: fc.constant(0),
}
const run = record<HistoricalRun>(
  {
    runId: fc.constant('run'),
    timestamp: time,
    scenes: fc.array(scene, { maxLength: 3 }),
    fallbackCount: fc.constant(0),
    status: fc.constantFrom('running', 'completed', 'failed', 'interrupted'),
    endedAt: time,
    sceneCount: time,
    storyId: fc.constantFrom('x', 'y'),
    source: fc.constantFrom('s1', 's2'),
    policy: fc.record({ ...POLICY, sceneRetryBudget: time, delayBetweenScenesSeconds: time }),
    runName: fc.constantFrom('Night', 'Noon'),
    tags: fc.array(fc.constantFrom('t', 'u'), { maxLength: 2 }),
    notes: fc.constantFrom('good', 'bad'),
    editedAt: time,
    edits: fc.record({ runName: time, tags: time, notes: time }, { requiredKeys: [] }),
  },
  ['runId', 'timestamp', 'scenes', 'fallbackCount'],
)
function same(a: HistoricalRun, b: HistoricalRun): void {
  expect(canonicalJson(a)).toBe(canonicalJson(b))
}
const all = (runs: readonly HistoricalRun[]): HistoricalRun => {
  const [first, ...rest] = runs.map(normalizeRun)
  if (!first) throw new Error('no run')
  return rest.reduce((a, b) => mergeRun(a, b), first)
}

describe('one run, told more than once', () => {
  it('is the same whoever tells first', () => {
    fc.assert(fc.property(run, run, (a, b) => same(mergeRun(a, b), mergeRun(b, a))))
  })
  it('is the same however the tellings are put together', () => {
    fc.assert(
      fc.property(run, run, run, (a, b, c) => same(mergeRun(mergeRun(a, b), c), mergeRun(a, mergeRun(b, c)))),
    )
  })
  it('counts the attempts that a teller numbered, also where another record of the attempt won', () => {
    const told = (attempt: Partial<AttemptRecord>): HistoricalRun => ({
      runId: 'run',
      timestamp: 1,
      fallbackCount: 0,
      scenes: [
        {
          sceneId: 'a',
          attempts: 1,
          status: 'failed',
          attemptLog: [{ attempt: 1, exitReason: 'unknown', ...attempt }],
        },
      ],
    })
    const a = told({ attemptGiven: 3, promptId: 'p', source: 's', exitReason: 'attemptLimit' })
    const b = told({ attemptGiven: 3, exitReason: 'success', endedAt: 1 })
    const c = told({ promptId: 'p', source: 's', exitReason: 'success', queuedAt: 1 })
    same(mergeRun(mergeRun(a, b), c), mergeRun(a, mergeRun(b, c)))
    expect(mergeRun(mergeRun(a, b), c).scenes[0]?.attempts).toBe(3)
  })
  it('is not changed by being told twice the same', () => {
    fc.assert(fc.property(run, (a) => same(mergeRun(a, a), normalizeRun(a))))
  })
  it('is not changed by being told again', () => {
    fc.assert(fc.property(run, run, (a, b) => same(mergeRun(mergeRun(a, b), b), mergeRun(a, b))))
  })
  it('is in the database what it is in memory, in any order and with repetitions', async () => {
    const tellings = fc
      .array(run, { minLength: 2, maxLength: 4 })
      .chain((runs) =>
        fc.tuple(fc.constant(runs), fc.shuffledSubarray([...runs, ...runs], { minLength: runs.length * 2 })),
      )
    await fc.assert(
      fc.asyncProperty(tellings, async ([runs, order]) => {
        const history = await openRunHistory({ indexedDB: freshIndexedDB() })
        for (const each of order) await history.saveRun(each)
        const saved = await history.getRun('run')
        history.close()
        if (!saved) throw new Error('nothing saved')
        same(saved, mergeRun(all(runs), all(runs)))
      }),
      { numRuns: 30 },
    )
  })
})

describe('what counts when tellings differ', () => {
  const base: HistoricalRun = { runId: 'run', timestamp: 5, scenes: [], fallbackCount: 0 }
  const ended = (
    exitReason: AttemptRecord['exitReason'],
    more: Partial<AttemptRecord> = {},
  ): HistoricalRun => ({
    ...base,
    scenes: [
      {
        sceneId: 'a',
        attempts: 1,
        status: 'failed',
        attemptLog: [{ attempt: 1, promptId: 'p', source: 's', exitReason, ...more }],
      },
    ],
  })
  it('is the latest edit, field by field', () => {
    const tellings: HistoricalRun[] = [
      { ...base, runName: 'old', editedAt: 1 },
      { ...base, tags: ['new'], editedAt: 9 },
      { ...base, runName: 'middle', editedAt: 5 },
    ]
    expect(tellings.reduce((a, b) => mergeRun(a, b))).toMatchObject({
      runName: 'middle',
      tags: ['new'],
      editedAt: 9,
    })
  })
  it('is a name that a person gave over one that the server tells', () => {
    expect(mergeRun({ ...base, runName: 'Zebra' }, { ...base, runName: 'Ant', editedAt: 1 }).runName).toBe(
      'Ant',
    )
  })
  it('is the higher-ranking end of one prompt, whichever is told first', () => {
    const lowestFirst = [
      'unknown',
      'serverRestart',
      'deleted',
      'interrupted',
      'success',
      'error',
      'outOfMemory',
      'attemptLimit',
      'postExecution',
      'maxWait',
      'rejected',
    ] as const
    expect([...lowestFirst].sort()).toEqual([...exitReasons].sort())
    // The lower one has everything else that could speak for it: it ended later and tells more.
    for (const [rank, higher] of lowestFirst.entries())
      for (const lower of lowestFirst.slice(0, rank)) {
        const [a, b] = [ended(higher), ended(lower, { endedAt: 9, duration: 4 })]
        const [scene] = mergeRun(a, b).scenes
        expect(scene).toMatchObject({ exitReason: higher, attempts: 1, attemptLog: [{ exitReason: higher }] })
        same(mergeRun(a, b), mergeRun(b, a))
      }
  })
  it('is of two equal ends the later, then the one that tells more', () => {
    const told = (more: Partial<AttemptRecord>) => ended('success', more)
    const later = mergeRun(told({ endedAt: 8 }), told({ endedAt: 7, duration: 4, queuedAt: 1 }))
    expect(later.scenes[0]).toMatchObject({ endedAt: 8 })
    expect(later.scenes[0]).not.toHaveProperty('duration')
    const fuller = mergeRun(told({ endedAt: 8, duration: 4 }), told({ endedAt: 8 }))
    expect(fuller.scenes[0]).toMatchObject({ endedAt: 8, duration: 4 })
  })
  it('is the highest number of attempts, also of a record that lost to another of its prompt', () => {
    const [third, won, other] = [
      ended('unknown', { attempt: 3 }),
      ended('success'),
      ended('success', { promptId: 'q' }),
    ]
    const countOf = (run: HistoricalRun): number | undefined => run.scenes[0]?.attempts
    expect(countOf(mergeRun(mergeRun(third, other), won))).toBe(3)
    expect(countOf(mergeRun(mergeRun(won, other), third))).toBe(3)
  })
  it('is the attempt that was queued last, whatever number another server told it with', () => {
    const told = (attempt: number, queuedAt: number, exitReason: AttemptRecord['exitReason']) =>
      ended(exitReason, { attempt, queuedAt, promptId: `p${queuedAt}`, source: `s${queuedAt}` })
    const numbers: readonly (readonly [number, number])[] = [
      [1, 1],
      [2, 1],
      [3, 3],
    ]
    for (const [first, second] of numbers) {
      const tellings = [told(first, 100, 'error'), told(second, 200, 'success')] as const
      const [a, b] = tellings
      same(mergeRun(a, b), mergeRun(b, a))
      const [scene] = mergeRun(a, b).scenes
      expect(scene).toMatchObject({ status: 'success', promptId: 'p200' })
      expect(scene?.attemptLog?.map(({ attempt }) => attempt)).toEqual([1, 2])
      expect(scene?.attemptLog?.[1]?.attemptGiven).toBe(second === 2 ? undefined : second)
    }
  })
  it('is one server’s count of its attempts, though its clock was set back between them', () => {
    const [first, second] = [
      ended('error', { attempt: 1, queuedAt: 900, promptId: 'p1' }),
      ended('success', { attempt: 2, queuedAt: 100, promptId: 'p2' }),
    ]
    same(mergeRun(first, second), mergeRun(second, first))
    const [scene] = mergeRun(second, first).scenes
    expect(scene).toMatchObject({ status: 'success', promptId: 'p2', attempts: 2 })
    expect(scene?.attemptLog?.map(({ attempt }) => attempt)).toEqual([1, 2])
  })
  it('is when its attempts were queued, where a server began to count anew', () => {
    const tellings = [
      ended('error', { attempt: 1, queuedAt: 100, promptId: 'p1' }),
      ended('error', { attempt: 2, queuedAt: 200, promptId: 'p2' }),
      ended('success', { attempt: 1, queuedAt: 300, promptId: 'p3' }),
    ] as const
    const [scene] = tellings.toReversed().reduce(mergeRun).scenes
    expect(scene).toMatchObject({ status: 'success', promptId: 'p3', attempts: 3 })
    expect(scene?.attemptLog?.map(({ attemptGiven, attempt }) => attemptGiven ?? attempt)).toEqual([1, 2, 1])
  })
  it('is the number of an attempt whose earlier ones nobody here knows', () => {
    const [second, third] = [
      ended('error', { attempt: 2, queuedAt: 1 }),
      ended('success', { attempt: 3, queuedAt: 2, promptId: 'q' }),
    ]
    const [scene] = mergeRun(third, second).scenes
    expect(scene?.attemptLog?.map(({ attempt }) => attempt)).toEqual([2, 3])
    expect(scene?.attempts).toBe(3)
  })
  it('is each tag once', () => {
    const tellings = [{ ...base, tags: ['b', 'a', 'b'] }, base] as const
    expect(normalizeRun(tellings[0]).tags).toEqual(['b', 'a'])
    expect(mergeRun(...tellings).tags).toEqual(['b', 'a'])
  })
  it('is an end over going on, and its aggregates are its scenes', () => {
    const told: HistoricalRun[] = [
      { ...base, status: 'completed', endedAt: 3 },
      {
        ...base,
        status: 'running',
        averageDuration: 99,
        successRate: 0,
        fallbackCount: 7,
        scenes: [
          { sceneId: 'a', attempts: 1, status: 'success', duration: 4 },
          { sceneId: 'b', attempts: 1, status: 'failed' },
        ],
      },
    ]
    for (const [a, b] of [told, [...told].reverse()])
      expect(a && b && mergeRun(a, b)).toMatchObject({
        status: 'completed',
        endedAt: 3,
        averageDuration: 4,
        successRate: 0.5,
        fallbackCount: 0,
      })
  })
  it('has no average of durations that say nothing: of cached scenes and of 0 ms', () => {
    const scenes = [
      { sceneId: 'a', attempts: 1, status: 'success', duration: 0 },
      { sceneId: 'b', attempts: 1, status: 'success', duration: 5, cached: 0.5 },
    ] as const
    expect(normalizeRun({ ...base, scenes })).not.toHaveProperty('averageDuration')
    const timed = { sceneId: 'c', attempts: 1, status: 'success', duration: 8 } as const
    expect(normalizeRun({ ...base, scenes: [...scenes, timed] }).averageDuration).toBe(8)
  })
  it('is what the queuing side said of its limits over what the server saw', () => {
    expect(mergeRun(ended('maxWait'), ended('interrupted')).scenes[0]).toMatchObject({
      exitReason: 'maxWait',
      status: 'timeout',
    })
    expect(mergeRun(ended('unknown'), ended('success')).scenes[0]).toMatchObject({
      exitReason: 'success',
      status: 'success',
    })
  })
})
