import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesFilter } from '../../../services/telemetryFilterService'
import type { AttemptRecord, HistoricalRun, RunEnvironment } from '../../../types'
import { withValue } from '../../../utils/filter/choices'
import { setupOf, type RunSetup } from '../../../utils/run/setupOf'
import { buildAttempt, buildRun, buildScene, ENVIRONMENT, FIRST_AT } from '../../helpers/buildRun'

/** A run with a scene for each of these attempts. */
const runOf = (attempts: readonly Partial<AttemptRecord>[], more: Partial<HistoricalRun> = {}) =>
  buildRun(0, 80_000, {
    scenes: attempts.map((each, i) =>
      buildScene(`scene-${i}`, [
        buildAttempt(`scene-${i}`, FIRST_AT, 80_000, { gpuName: 'RTX 4090', ...each }),
      ]),
    ),
    ...more,
  })
const withEnvironment = (environment: RunEnvironment): Partial<AttemptRecord> => ({
  environment: { ...ENVIRONMENT, ...environment },
})
const valuesOf = ({ rows }: RunSetup, label: string) =>
  rows.find((row) => row.label === label)?.values.map(({ text, scenes }) => [text, scenes])
const rowOf = ({ rows }: RunSetup, label: string) => rows.find((row) => row.label === label)

describe('what a run ran with', () => {
  it('is its graph, its machine and its server, each with how many scenes had it', () => {
    const setup = setupOf(runOf([{}, {}, {}]), new Map([['box', 'Attic']]))
    expect(setup.rows.map(({ label, values }) => [label, values[0]?.text])).toEqual([
      ['Models', 'film.safetensors'],
      ['Workflow', 'aaaaaaaa'],
      ['Size', '1280×720'],
      ['Steps', '30'],
      ['GPU', 'RTX 4090'],
      ['Driver', '565'],
      ['ComfyUI', '0.3.64'],
      ['First after a start', 'no'],
      ['Server', 'Attic'],
    ])
    expect(setup.rows.flatMap(({ values }) => values.map(({ scenes }) => scenes))).toEqual(Array(9).fill(3))
    expect(setup.missing).toEqual(['Frames', 'Batch', 'PyTorch', 'Policy'])
  })

  it('of which scenes differ is each value, most often first, and whether some tell nothing', () => {
    const other = { gpuName: 'RTX 3090' }
    const setup = setupOf(runOf([{}, other, {}, { ...withEnvironment({}), gpuName: '' }]))
    expect(valuesOf(setup, 'GPU')).toEqual([
      ['RTX 4090', 3],
      ['RTX 3090', 1],
    ])
    const silent = setupOf(runOf([{}, { environment: {} }, { environment: {} }]))
    expect(rowOf(silent, 'Driver')).toMatchObject({ isPartial: true, values: [{ text: '565', scenes: 1 }] })
  })

  it('counts every model of a scene, once', () => {
    const two = withEnvironment({ models: ['film.safetensors', 'vae.pt', 'vae.pt'] })
    expect(valuesOf(setupOf(runOf([{}, two])), 'Models')).toEqual([
      ['film.safetensors', 2],
      ['vae.pt', 1],
    ])
  })

  it('shows models of one name with their folders, and one alone without', () => {
    const models = ['wan/high.gguf', 'flux/high.gguf', 'flux\\vae.pt']
    const texts = valuesOf(setupOf(runOf([withEnvironment({ models })])), 'Models')?.map(([text]) => text)
    expect(texts).toEqual(['wan/high.gguf', 'flux/high.gguf', 'vae.pt'])
  })

  it('is the policy as a whole', () => {
    const policy = {
      maxWaitSeconds: 600,
      maxAttempts: 0,
      pollIntervalSeconds: 2,
      postExecutionTimeoutSeconds: 30,
      sceneRetryBudget: 1,
      delayBetweenScenesSeconds: 0,
      batchSize: 0,
    }
    expect(valuesOf(setupOf(runOf([{}], { policy })), 'Policy')?.[0]?.[0]).toMatch(
      /^Max Wait Time 10.m 00.s, Max Poll Attempts unlimited, .*Retry Budget 1 retry$/,
    )
  })

  it('beyond twenty values is counted', () => {
    const attempts = Array.from({ length: 27 }, (_, i) => withEnvironment({ steps: i + 1 }))
    expect(rowOf(setupOf(runOf(attempts)), 'Steps')).toMatchObject({ others: 7, isPartial: false })
    expect(rowOf(setupOf(runOf(attempts)), 'Steps')?.values).toHaveLength(20)
  })

  it('that nobody tells of is missing, never 0', () => {
    const { source: _, ...run } = runOf([])
    const scenes = [{ sceneId: 'a', attempts: 1, status: 'success' as const }]
    expect(setupOf({ ...run, scenes })).toMatchObject({ rows: [], isBare: true, scenes: 1 })
    expect(setupOf({ ...run, scenes }).missing).toHaveLength(13)
    const cold = scenes.map((scene) => ({ ...scene, cold: true }))
    expect(setupOf({ ...run, scenes: cold })).toMatchObject({
      rows: [{ label: 'First after a start' }],
      isBare: true,
    })
  })
})

describe('a value that a filter knows', () => {
  it('finds the run that has it', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 })
    const environment = fc.record(
      {
        workflowHash: name,
        models: fc.array(name, { maxLength: 3 }),
        width: fc.integer({ min: 1, max: 4_096 }),
        height: fc.integer({ min: 1, max: 4_096 }),
        steps: fc.nat(200),
      },
      { requiredKeys: [] },
    )
    const attempt = fc.record({ environment, gpuName: name, cold: fc.boolean(), source: name })
    const policy = fc.record({
      maxWaitSeconds: fc.nat(5_000),
      maxAttempts: fc.nat(500),
      pollIntervalSeconds: fc.nat(9),
      postExecutionTimeoutSeconds: fc.nat(99),
      sceneRetryBudget: fc.nat(5),
      delayBetweenScenesSeconds: fc.nat(5),
      batchSize: fc.nat(5),
    })
    fc.assert(
      fc.property(
        fc.array(attempt, { minLength: 1, maxLength: 4 }),
        policy,
        name,
        (given, limits, source) => {
          const run = runOf(given, { policy: limits, source })
          for (const { filter } of setupOf(run).rows.flatMap(({ values }) => values))
            if (filter)
              expect(matchesFilter(run, withValue({}, filter.field, filter.value), FIRST_AT)).toBe(true)
        },
      ),
    )
  })

  it('is none where only another field of the record has it', () => {
    const run = runOf([withEnvironment({ gpuName: 'L4' })])
    const scenes = run.scenes.map(({ gpuName: _, ...scene }) => scene)
    expect(rowOf(setupOf({ ...run, scenes }), 'GPU')?.values).toEqual([{ text: 'L4', scenes: 1 }])
  })
})
