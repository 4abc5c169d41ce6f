import fc from 'fast-check'
import { deriveScene } from '../../services/history/deriveScene'
import { normalizeRun } from '../../services/history/mergeRun'
import { exitReasons } from '../../services/shared/exitReason'
import type { AttemptRecord, GpuTrace, HistoricalRun, HistoricalSceneMetrics } from '../../types'

const time = fc.integer({ min: 0, max: 4e12 })
const figure = fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => value + 0)
const percent = fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0)
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0)
const id = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((value) => !value.includes('\u0000'))
const words = fc.string({ maxLength: 30, unit: 'grapheme' })
const count = fc.nat(1_000)

/** Absent members are left out, as everywhere. */
const record = <T>(
  members: Record<string, fc.Arbitrary<unknown>>,
  always: readonly string[],
): fc.Arbitrary<T> =>
  fc.record(members, { requiredKeys: [...always] }) as fc.Arbitrary<unknown> as fc.Arbitrary<T>

const attempt = record<AttemptRecord>(
  {
    attempt: fc.integer({ min: 1, max: 4 }),
    attemptGiven: count,
    source: fc.constantFrom('gpu-box', 'artifact'),
    promptId: id,
    queuedAt: time,
    startedAt: time,
    endedAt: time,
    queueWait: figure,
    duration: figure,
    exitReason: fc.constantFrom(...exitReasons),
    error: record({ type: words, message: words, nodeId: id, nodeType: id }, ['type', 'message']),
    nodeTimes: fc.array(fc.record({ nodeId: id, nodeType: words, ms: figure }), { maxLength: 3 }),
    gpu: record(
      {
        samples: count,
        vramFreeMean: figure,
        vramFreeMin: figure,
        utilizationMean: percent,
        utilizationMax: percent,
        powerMean: figure,
      },
      ['samples'],
    ),
    gpuName: words,
    gpuIndex: count,
    environment: record(
      {
        workflowHash: words,
        models: fc.array(words, { maxLength: 3 }),
        width: count,
        height: count,
        frames: count,
        steps: count,
        batch: count,
        gpuName: words,
        gpuDriver: words,
        comfyVersion: words,
        torchVersion: words,
      },
      [],
    ),
    cached: share,
    cold: fc.boolean(),
    maxWait: figure,
    outputs: fc.array(fc.record({ nodeId: id, filename: words, subfolder: words, type: words }), {
      maxLength: 2,
    }),
  },
  ['attempt', 'exitReason'],
)
const scene: fc.Arbitrary<HistoricalSceneMetrics> = fc
  .tuple(
    id,
    fc.array(attempt, { minLength: 1, maxLength: 3 }),
    fc.option(fc.array(words, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  )
  .map(([sceneId, attempts, fallbackNotes]) => ({
    ...deriveScene(sceneId, attempts),
    ...(fallbackNotes ? { fallbackNotes } : {}),
  }))
const edits = record<NonNullable<HistoricalRun['edits']>>({ runName: time, tags: time, notes: time }, [])

/** A run with every member that there is, or some of them, as the history stores it. */
export const arbitraryRun: fc.Arbitrary<HistoricalRun> = record<HistoricalRun>(
  {
    runId: id,
    timestamp: time,
    scenes: fc.array(scene, { maxLength: 3 }),
    fallbackCount: fc.constant(0),
    runName: words,
    storyId: id,
    endedAt: time,
    status: fc.constantFrom('running', 'completed', 'failed', 'interrupted'),
    sceneCount: count,
    source: fc.constantFrom('gpu-box', 'artifact', 'gemdirect1-draft'),
    policy: fc.record({
      maxWaitSeconds: figure,
      maxAttempts: count,
      pollIntervalSeconds: figure,
      postExecutionTimeoutSeconds: figure,
      sceneRetryBudget: count,
      delayBetweenScenesSeconds: figure,
      batchSize: count,
    }),
    tags: fc.array(words, { maxLength: 3 }),
    notes: words,
    lastAt: time,
    told: fc.record({ event: fc.constantFrom('stopped', 'ended'), at: time }),
    editedAt: time,
    edits,
  },
  ['runId', 'timestamp', 'scenes', 'fallbackCount'],
).map(normalizeRun)

/** A trace of each attempt that a trace can be of. */
export const tracesOf = (runs: readonly HistoricalRun[]): readonly GpuTrace[] =>
  runs.flatMap((run) =>
    run.scenes.flatMap(({ attemptLog = [] }) =>
      attemptLog.flatMap(({ source, promptId }) =>
        source === undefined || promptId === undefined ? [] : traceOf(source, promptId),
      ),
    ),
  )

export const traceOf = (source: string, promptId: string): GpuTrace => ({
  source,
  promptId,
  points: [
    {
      at: 1_000,
      gpus: [{ index: 0, name: 'RTX', vramFree: promptId.length, utilization: 97.5, power: 300 }],
    },
    { at: 2_000, gpus: [] },
  ],
  gaps: [{ from: 1_000, to: 1_400 }],
})
