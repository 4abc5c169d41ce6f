import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLiveModel } from '../../../services/realtime/liveModel'
import { applyPatch, EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import { patchOf } from '../../../services/telemetry/patchOf'
import type { LiveState } from '../../../types'

const step = fc.oneof(
  fc.record({
    kind: fc.constant('update' as const),
    run: fc.integer({ min: 0, max: 25 }),
    scene: fc.integer({ min: 0, max: 3 }),
    status: fc.constantFrom('queued', 'executing', 'completed', 'failed'),
  }),
  fc.record({ kind: fc.constant('gpu' as const), free: fc.integer({ min: 0, max: 99 }) }),
  fc.record({ kind: fc.constant('silence' as const) }),
  fc.record({ kind: fc.constant('problem' as const), problem: fc.option(fc.string(), { nil: undefined }) }),
)

function statesOf(steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): LiveState[] {
  const model = createLiveModel('source')
  return steps.map((entry, index) => {
    const at = 1_000_000 + index * 700
    if (entry.kind === 'update') {
      const { run, scene, status } = entry
      const update = { runId: `r${run}`, sceneId: `s${scene}`, promptId: `p${index}`, timestamp: at, status }
      model.applyUpdate(update, true, at)
    } else if (entry.kind === 'gpu') model.setGpus([{ index: 0, vramFree: entry.free }], at)
    else if (entry.kind === 'silence') model.noteSilence(at - 5, at, 0)
    else model.setConnection({ status: 'connecting' }, entry.problem)
    return model.snapshot()
  })
}

describe('a patch', () => {
  it('leads from any state to any later one, however many lie between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (steps, every) => {
        const states = [EMPTY_LIVE_STATE, ...statesOf(steps)].filter((_, index) => index % every === 0)
        let mirror = EMPTY_LIVE_STATE
        for (const [index, state] of states.entries()) {
          mirror = applyPatch(mirror, structuredClone(patchOf(states[index - 1] ?? EMPTY_LIVE_STATE, state)))
          expect(mirror).toEqual(state)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('keeps the references of what did not change', () => {
    const model = createLiveModel('source')
    const update = { runId: 'r', sceneId: 'a', promptId: 'p', timestamp: 1, status: 'executing' } as const
    model.applyUpdate(update, true, 1)
    const before = applyPatch(EMPTY_LIVE_STATE, patchOf(EMPTY_LIVE_STATE, model.snapshot()))
    const sent = model.snapshot()
    model.applyUpdate({ ...update, sceneId: 'b', promptId: 'q' }, true, 2)
    const after = applyPatch(before, structuredClone(patchOf(sent, model.snapshot())))
    expect(after.scenes.get('r\u0000a')).toBe(before.scenes.get('r\u0000a'))
    expect(after.trace).toBe(before.trace)
    expect(after.connection).toBe(before.connection)
  })
})
