import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeRun } from '../../services/history/mergeRun'
import { artifactToRun, parseArtifact, toQueueConfig, toQueuePolicy } from '../../services/payloadService'
import type { ArtifactMetadata, HistoricalRun } from '../../types'
import { hostileJson } from '../helpers/hostileJson'

const file = (name: string): string => readFileSync(`tests/fixtures/artifacts/${name}`, 'utf8')
function parsed(text: string): ArtifactMetadata {
  const result = parseArtifact(text)
  if (!result.ok) throw new Error(result.error)
  return result.value
}
const runOf = (name: string): HistoricalRun => artifactToRun(parsed(file(name)))
const sceneOf = (name: string, sceneId: string) =>
  runOf(name).scenes.find((scene) => scene.sceneId === sceneId)
/** A file with one scene of these members. */
const artifact = (scene: object, run: object = {}): string =>
  JSON.stringify({
    RunId: 'r',
    Timestamp: '2026-11-14T02:10:00Z',
    Scenes: [{ SceneId: 's', ...scene }],
    ...run,
  })
const sceneWith = (scene: object) => artifactToRun(parsed(artifact(scene))).scenes[0]
const MB = 2 ** 20

describe('reading an artifact file', () => {
  it('takes it as the host writes it, and keeps what it does not know', () => {
    const read = parsed(file('latest-run.json'))
    expect(read).toMatchObject({ RunId: '20261114-021000', Archive: 'artifacts/20261114-021000.zip' })
    expect(read.Scenes[0]?.Telemetry).toMatchObject({
      HistoryExitReason: 'success',
      DoneMarkerDetected: false,
    })
    expect(read.Scenes[0]?.AttemptSummaries).toMatchObject([{ MeetsFrameFloor: true }])
  })

  it('passes over a byte order mark, and reads what it wrote itself the same again', () => {
    const read = parsed(file('latest-run.json'))
    expect(parsed(`\uFEFF${file('latest-run.json')}`)).toEqual(read)
    expect(parsed(JSON.stringify(read))).toEqual(read)
  })

  it('reads the names and the texts for numbers and booleans of older producers', () => {
    expect(parsed(file('older-run.json')).Scenes[0]).toMatchObject({
      Success: true,
      DurationSeconds: 42.5,
      Errors: ['One line, not in a list'],
      Telemetry: {
        FLF2VEnabled: true,
        FLF2VSource: 'keyframe',
        FLF2VFallback: true,
        InterpolationElapsed: 1250,
        UpscaleMethod: 'RIFE',
        FinalFPS: 48,
        FinalResolution: '1920x1080',
      },
    })
  })

  it('takes a null as absent, and today’s name over the same in another case', () => {
    const read = parsed(artifact({ Telemetry: null, FrameCount: 5, frameCount: 7, other: null }))
    expect(read.Scenes[0]).toEqual({ SceneId: 's', FrameCount: 5, other: null })
  })

  it.each([
    ['{"RunId":', /^Not JSON .9 characters.$/],
    ['[]', 'At top: Expected an object but received Array'],
    [
      '{"RunId":"r","Timestamp":"2026-11-14","Scenes":{}}',
      /^At Scenes: Expected a list .* but received Object$/,
    ],
    [
      '{"RunId":"r","Timestamp":"yesterday","Scenes":[]}',
      'At Timestamp: Expected an ISO time but received "yesterday"',
    ],
    ['{"Timestamp":"2026-11-14","Scenes":[]}', 'RunId is missing'],
    [artifact({ Telemetry: 5 }), 'At Scenes.0.Telemetry: Expected an object but received 5'],
    [
      artifact({ telemetry: { durationSeconds: 'long' } }),
      /^At Scenes\.0\.Telemetry\.DurationSeconds: .*number but received "long"$/,
    ],
    [artifact({ DurationSeconds: -1 }), /^At Scenes\.0\.DurationSeconds: .*>=0 but received -1$/],
    [artifact({ Success: 'perhaps' }), /^At Scenes\.0\.Success: .*boolean but received "perhaps"$/],
    [
      artifact({ x: 1 }, { QueueConfig: { HistoryMaxAttempts: [] } }),
      /^At QueueConfig\.HistoryMaxAttempts: /,
    ],
  ])('refuses %s in a sentence that says where, what was expected and what stands there', (text, error) => {
    expect(parseArtifact(text)).toEqual({ ok: false, error: expect.stringMatching(error) })
  })

  it('refuses what is too long or too deep to be one', () => {
    const deep = `{"x":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`
    expect(parseArtifact(deep)).toEqual({ ok: false, error: 'The file nests deeper than 64 levels.' })
    const long = parseArtifact(' '.repeat(40_000_000))
    expect(long).toMatchObject({ error: expect.stringMatching(/^The file has 40000000 characters: at most/) })
  })

  it('lets no file reach a prototype', () => {
    const read = parsed(
      '{"__proto__":{"polluted":1},"RunId":"r","Timestamp":"2026-11-14","Scenes":[{"SceneId":"s","x":{"__proto__":{"polluted":1}}}]}',
    )
    expect(Object.assign({}, read, read.Scenes[0]?.x)).not.toHaveProperty('polluted')
    expect(artifactToRun(read)).not.toHaveProperty('polluted')
  })
})

describe('an artifact as a run of the history', () => {
  it('says what the file says, in our units, with aggregates of its own scenes', () => {
    expect(runOf('latest-run.json')).toMatchObject({
      runId: '20261114-021000',
      source: 'artifact',
      timestamp: Date.UTC(2026, 10, 14, 2, 10, 0, 123),
      endedAt: Date.UTC(2026, 10, 14, 2, 16, 28, 200),
      runName: 'A keeper finds that the light answers.',
      storyId: 'lighthouse',
      status: 'completed',
      sceneCount: 3,
      policy: { maxWaitSeconds: 120, sceneRetryBudget: 2, delayBetweenScenesSeconds: 0 },
      averageDuration: 136_800,
      successRate: 2 / 3,
      fallbackCount: 1,
    })
  })

  it('has a scene’s time, its GPU before and after, and its limit', () => {
    expect(sceneOf('latest-run.json', 'scene-001')).toMatchObject({
      status: 'success',
      exitReason: 'success',
      attempts: 1,
      duration: 136_800,
      queuedAt: Date.UTC(2026, 10, 14, 2, 10, 3),
      gpuName: 'NVIDIA GeForce RTX 4090',
      gpuIndex: 0,
      gpuVramFree: 18432 * MB,
      gpuVramFreeMin: 16384 * MB,
      attemptLog: [{ attempt: 1, maxWait: 120_000, gpu: { samples: 2 } }],
    })
  })

  it('has every attempt in order, the telemetry with the last one', () => {
    expect(sceneOf('latest-run.json', 'scene-002')).toMatchObject({
      status: 'timeout',
      exitReason: 'maxWait',
      attempts: 2,
      duration: 120_200,
      gpuVramFreeMin: 16000 * MB,
      error: { message: 'No frames were written.' },
      fallbackNotes: ['/system_stats did not answer; nvidia-smi was read'],
      attemptLog: [
        { attempt: 1, exitReason: 'error', duration: 120_100, endedAt: Date.UTC(2026, 10, 14, 2, 14, 25) },
        { attempt: 2, exitReason: 'maxWait', endedAt: Date.UTC(2026, 10, 14, 2, 16, 28, 200) },
      ],
    })
  })

  it('leaves absent what the file does not tell', () => {
    const scene = sceneOf('latest-run.json', 'scene-003')
    expect(scene).toMatchObject({ status: 'success', attempts: 1 })
    expect(Object.keys(scene ?? {}).sort()).toEqual([
      'attemptLog',
      'attempts',
      'exitReason',
      'sceneId',
      'source',
      'status',
    ])
  })

  it('takes a GPU that was not read as unknown, and an FLF2V fallback as a note', () => {
    const run = runOf('older-run.json')
    expect(run).toMatchObject({
      runName: '20261001-120000',
      fallbackCount: 1,
      successRate: 0,
      status: 'failed',
    })
    expect(run).not.toHaveProperty('policy')
    expect(run.scenes[0]).toMatchObject({
      status: 'timeout',
      gpuName: 'NVIDIA GeForce RTX 3090',
      fallbackNotes: ['First and last frame to video fell back to keyframe.'],
    })
    expect(run.scenes[0]).not.toHaveProperty('gpuVramFree')
  })

  it.each([
    [{ Telemetry: { HistoryExitReason: 'success' } }, 'success', 'success'],
    [{ Success: false, Telemetry: { HistoryExitReason: 'success' } }, 'failed', 'error'],
    [{ Success: true, Telemetry: { HistoryExitReason: 'maxWait' } }, 'timeout', 'maxWait'],
    [{ Telemetry: { HistoryExitReason: 'ATTEMPTLIMIT' } }, 'timeout', 'attemptLimit'],
    [{ Telemetry: { HistoryPostExecutionTimeoutReached: true } }, 'timeout', 'postExecution'],
    [{ Telemetry: { HistoryExitReason: 'unknown' } }, 'failed', 'unknown'],
    [{ Success: true, Telemetry: { HistoryExitReason: 'the moon' } }, 'success', 'success'],
    [{ Success: false }, 'failed', 'error'],
    [{ AttemptSummaries: [{ Success: true }] }, 'success', 'success'],
    [{}, 'failed', 'unknown'],
  ])('reads the end of %j as %s, %s', (scene, status, exitReason) => {
    expect(sceneWith(scene)).toMatchObject({ status, exitReason })
  })

  it('merges with itself into itself, so that reading a file twice changes nothing', () => {
    for (const name of ['latest-run.json', 'older-run.json']) {
      const run = runOf(name)
      expect(mergeRun(run, runOf(name))).toEqual(run)
    }
  })
})

describe('a queue policy', () => {
  it('is the host’s defaults where the host says nothing, or nothing that can be', () => {
    const defaults = {
      maxWaitSeconds: 600,
      maxAttempts: 0,
      pollIntervalSeconds: 2,
      postExecutionTimeoutSeconds: 30,
      sceneRetryBudget: 1,
      delayBetweenScenesSeconds: 0,
      batchSize: 0,
    }
    expect(toQueuePolicy({})).toEqual(defaults)
    expect(
      toQueuePolicy({ HistoryMaxWaitSeconds: NaN, SceneRetryBudget: -1, HistoryMaxAttempts: 1.5 }),
    ).toEqual(defaults)
  })

  it('leads to the host’s settings and back unchanged', () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0)
    const count = fc.nat()
    const config = fc.record({
      SceneRetryBudget: count,
      HistoryMaxWaitSeconds: seconds,
      HistoryMaxAttempts: count,
      HistoryPollIntervalSeconds: seconds,
      PostExecutionTimeoutSeconds: seconds,
    })
    fc.assert(
      fc.property(config, (given) => {
        const policy = toQueuePolicy(given)
        expect(toQueueConfig(policy)).toEqual(given)
        expect(toQueuePolicy(toQueueConfig(policy))).toEqual(policy)
      }),
      { seed: 1 },
    )
  })
})

describe('10,000 hostile artifact files', () => {
  const files = ['latest-run.json', 'older-run.json'].map((name): unknown => JSON.parse(file(name)))

  it('throw nothing, reach no prototype and become runs that are what runs are', () => {
    let accepted = 0
    fc.assert(
      fc.property(hostileJson(files), (text) => {
        const result = parseArtifact(text)
        expect(Object.keys(Object.prototype)).toEqual([])
        if (!result.ok) return void expect(result.error.length).toBeLessThan(400)
        accepted += 1
        const run = artifactToRun(result.value)
        expect(run.scenes.length).toBeLessThanOrEqual(result.value.Scenes.length)
        const figures = JSON.stringify(run, (_, each: unknown) =>
          typeof each === 'number' && !(Number.isFinite(each) && each >= 0) ? 'no figure' : each,
        )
        expect(figures).not.toContain('no figure')
        expect(figures.length).toBeLessThan(20_000 + text.length)
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(accepted).toBeGreaterThan(500)
  }, 60_000)
})
