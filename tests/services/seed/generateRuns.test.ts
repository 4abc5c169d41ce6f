import { describe, expect, it } from 'vitest'
import { normalizeRun } from '../../../services/history/mergeRun'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { HistoricalSceneMetrics } from '../../../types'

const runs = [...generateRuns(4_000, 1)]
const scenes = runs.flatMap((run) => run.scenes)
const share = (has: (scene: HistoricalSceneMetrics) => boolean): number =>
  scenes.filter(has).length / scenes.length
const distinct = (values: readonly unknown[]): number =>
  new Set(values.filter((value) => value !== undefined)).size
const logDurations = (of: typeof runs): readonly number[] =>
  of.flatMap((run) =>
    run.scenes.flatMap((scene) =>
      scene.status === 'success' && scene.cached === 0 ? Math.log(scene.duration ?? NaN) : [],
    ),
  )
const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length

describe('the generated history', () => {
  it('is the same for the same seed and another for another', () => {
    expect([...generateRuns(50, 7)]).toEqual([...generateRuns(50, 7)])
    expect([...generateRuns(50, 7)]).not.toEqual([...generateRuns(50, 8)])
  })

  it('has runs of four scenes as the history stores them, ids of their own, the newest at the time asked for', () => {
    const [first, last] = [...generateRuns(2, 3, { lastAt: 1_700_000_000_000 })]
    expect(last?.timestamp).toBe(1_700_000_000_000)
    expect(first?.timestamp).toBeLessThan(1_700_000_000_000)
    expect(runs.every((run) => run.scenes.length === 4)).toBe(true)
    expect(distinct(runs.map(({ runId }) => runId))).toBe(runs.length)
    expect(distinct(scenes.flatMap(({ attemptLog }) => attemptLog?.map(({ promptId }) => promptId)))).toBe(
      scenes.reduce((sum, { attemptLog }) => sum + (attemptLog?.length ?? 0), 0),
    )
    for (const run of runs.slice(0, 100)) expect(normalizeRun(run)).toEqual(run)
  })

  it('has 5 % failures of mixed kinds with some dozens of messages', () => {
    expect(share(({ status }) => status === 'failed' || status === 'timeout')).toBeCloseTo(0.05, 2)
    expect(distinct(scenes.map(({ exitReason }) => exitReason))).toBeGreaterThanOrEqual(8)
    expect(distinct(scenes.map(({ error }) => error?.message))).toBeGreaterThan(24)
    expect(share(({ attempts }) => attempts > 1)).toBeGreaterThan(0.01)
    expect(share(({ cached }) => (cached ?? 0) > 0)).toBeCloseTo(0.03, 1)
  })

  it('has log-noise 0.3 and one step of a third, where the driver changes', () => {
    const before = logDurations(runs.slice(0, 2_000))
    const after = logDurations(runs.slice(2_000))
    expect(Math.exp(mean(after) - mean(before))).toBeCloseTo(4 / 3, 1)
    const variance = mean(before.map((value) => (value - mean(before)) ** 2))
    expect(Math.sqrt(variance)).toBeCloseTo(0.3, 1)
    const driverOf = (index: number) => runs[index]?.scenes[0]?.environment?.gpuDriver
    expect(driverOf(1_999)).not.toBe(driverOf(2_000))
    expect(distinct(scenes.map(({ environment }) => environment?.gpuDriver))).toBe(2)
    expect(distinct(scenes.map(({ environment }) => environment?.comfyVersion))).toBe(3)
  })

  it('has three GPUs with their figures, two workflows, three policies, notes of 80 characters, tags on some', () => {
    expect(distinct(scenes.map(({ gpuName }) => gpuName))).toBe(3)
    expect(distinct(scenes.map(({ environment }) => environment?.workflowHash))).toBe(2)
    expect(distinct(runs.map(({ policy }) => policy?.maxWaitSeconds))).toBe(3)
    expect(runs.every(({ notes }) => notes?.length === 80)).toBe(true)
    expect(runs.filter(({ tags }) => tags !== undefined).length / runs.length).toBeCloseTo(0.2, 1)
    expect(scenes.every(({ gpuUtilizationMean: busy }) => busy !== undefined && busy <= 100)).toBe(true)
  })
})
