import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesFilter, normalizeFilter, parseQuery } from '../../../services/telemetryFilterService'
import type { HistoricalRun, HistoricalSceneMetrics } from '../../../types'
import { arbitraryFilter, arbitraryRun, NOW } from '../../helpers/arbitraryRuns'
import { naiveMatches } from '../../helpers/naiveFilter'

describe('what a filter matches', () => {
  it('is what the plainest reading of its description matches', () => {
    let matched = 0
    let asked = 0
    fc.assert(
      fc.property(
        arbitraryFilter(),
        fc.array(arbitraryRun(), { minLength: 1, maxLength: 3 }),
        (filter, runs) => {
          for (const run of runs) {
            const expected = naiveMatches(run, filter, NOW)
            expect(matchesFilter(run, filter, NOW)).toBe(expected)
            expect(matchesFilter(run, normalizeFilter(filter), NOW)).toBe(expected)
            matched += Number(expected)
            asked += 1
          }
        },
      ),
      { numRuns: 2_000 },
    )
    // Neither answer may be so rare that agreeing is easy.
    expect(matched / asked).toBeGreaterThan(0.15)
    expect(matched / asked).toBeLessThan(0.85)
  })

  const scene = (more: Partial<HistoricalSceneMetrics>): HistoricalSceneMetrics => ({
    sceneId: 'scene-001',
    attempts: 1,
    status: 'success',
    ...more,
  })
  const failed = scene({
    sceneId: 'scene-002',
    status: 'failed',
    exitReason: 'outOfMemory',
    attempts: 3,
    duration: 90_000,
    gpuVramFree: 2 ** 30,
    cached: 0.5,
    cold: true,
    error: { type: 'OutOfMemoryError', message: 'CUDA out of memory', nodeType: 'KSampler' },
    nodeTimes: [{ nodeId: '1', nodeType: 'VAEDecode', ms: 5 }],
    environment: { workflowHash: 'abc', models: ['a.ckpt', 'b.gguf'], width: 1280, height: 720, steps: 20 },
  })
  const run: HistoricalRun = {
    runId: 'r1',
    timestamp: NOW,
    scenes: [scene({ gpuName: 'RTX 4090' }), failed],
    fallbackCount: 0,
    successRate: 0.5,
    runName: 'Été à Paris',
    notes: 'rain at night',
    storyId: 's1',
    source: 'box',
    tags: ['night-run', 'draft'],
    policy: {
      maxWaitSeconds: 600,
      maxAttempts: 0,
      pollIntervalSeconds: 2,
      postExecutionTimeoutSeconds: 30,
      sceneRetryBudget: 1,
      delayBetweenScenesSeconds: 0,
      batchSize: 0,
    },
  }
  const found = (query: string, of: HistoricalRun = run): boolean => {
    const parsed = parseQuery(query)
    if (!parsed.ok) throw new Error(parsed.error.message)
    return matchesFilter(of, parsed.value, NOW)
  }

  it.each([
    ['status:failed', 'status:timeout'],
    ['reason:OutOfMemory', 'reason:memory'],
    ['gpu:"rtx 4090"', 'gpu:4090'],
    ['gpu:*4090', 'gpu:"RTX \\*"'],
    ['duration:90s', 'duration:>91s'],
    ['attempts:2..3', 'attempts:4..'],
    ['scene:scene-00*', 'scene:00*'],
    ['error:"out of"', 'error:="out of"'],
    ['error:/out of \\w+$/', 'error:/^out/'],
    ['vram:<1GB', 'vram:<1023MB'],
    ['cached:50%', 'cached:>51%'],
    ['workflow:abc', 'workflow:ab'],
    ['model:b.gguf', 'model:c.pt'],
    ['size:1280x720', 'size:1280'],
    ['steps:20', 'steps:21..'],
    ['node:KSampler node:VAEDecode', 'node:KSampler node:LoadImage'],
    ['cold:true', 'cold:false'],
    ['run:r1', 'run:r'],
    ['name:ete', 'name:hiver'],
    ['story:s1', 'story:s2'],
    ['tag:draft tag:night-run', 'tag:draft tag:day'],
    ['source:box', 'source:import'],
    ['after:-1d', 'after:+1d'],
    ['before:+1ms', 'before:now'],
    ['success:50%', 'success:>60'],
    ['policy:maxWaitSeconds=600', 'policy:maxWaitSeconds=60'],
    ['rain paris s1 scene-002 memory', 'rain snow'],
    ['error:*', 'duration:* gpu:*'],
    ['status:timeout OR tag:draft', '(status:timeout OR tag:day)'],
  ])('by %s, and not by %s', (hit, miss) => {
    expect(found(hit)).toBe(true)
    expect(found(miss)).toBe(false)
  })

  it('is one scene for all terms of a scene, and no scene for what is excluded', () => {
    expect(found('status:failed gpu:"RTX 4090"')).toBe(false)
    expect(found('status:success gpu:"RTX 4090"')).toBe(true)
    expect(found('gpu:"RTX 4090" -status:failed')).toBe(false)
    expect(found('gpu:"RTX 4090" -status:timeout')).toBe(true)
    expect(found('gpu:"RTX 4090" -(-status:failed)')).toBe(true)
  })

  it('is, in a run without scenes, what is true of a scene that tells nothing', () => {
    const empty = { ...run, scenes: [] }
    expect(found('tag:draft', empty)).toBe(true)
    expect(found('status:success', empty)).toBe(false)
    expect(found('-status:success', empty)).toBe(true)
    expect(found('-()', empty)).toBe(false)
  })

  it('ends with the day before a date, and begins with the day after which is asked', () => {
    const at = (hour: number): HistoricalRun => ({ ...run, timestamp: new Date(2026, 10, 1, hour).getTime() })
    expect(found('after:2026-11-01', at(0))).toBe(true)
    expect(found('before:2026-11-01', at(0))).toBe(false)
    expect(found('date:2026-11-01', at(23))).toBe(true)
    expect(found('date:2026-11-01', at(24))).toBe(false)
    expect(found('date:2026-10-30..2026-11-01', at(23))).toBe(true)
  })
})
