import { describe, expect, it } from 'vitest'
import { createLiveModel } from '../../../services/realtime/liveModel'
import type { RealtimeTelemetryUpdate } from '../../../types'
import { createLiveSelector } from '../../../utils/hooks/createLiveSelector'

function modelWith(...updates: Partial<RealtimeTelemetryUpdate>[]) {
  const model = createLiveModel('source')
  const tell = (fields: Partial<RealtimeTelemetryUpdate>, at: number) =>
    model.applyUpdate(
      {
        runId: 'r1',
        sceneId: 'a',
        promptId: `${fields.runId ?? 'r1'}-${fields.sceneId ?? 'a'}`,
        timestamp: at,
        status: 'executing',
        ...fields,
      },
      true,
      at,
    )
  updates.forEach((fields, index) => tell(fields, 1_000 + index))
  model.setConnection({ status: 'live', since: 0 })
  return { model, tell }
}

describe('a selection of the live state', () => {
  it('narrowed to a scene is the same reference while other scenes change', () => {
    const { model, tell } = modelWith({ sceneId: 'a' }, { sceneId: 'b' })
    const select = createLiveSelector({ runId: 'r1', sceneId: 'a' })
    const before = select(model.snapshot())
    tell({ sceneId: 'b', gpuVramFree: 5 }, 2_000)
    expect(select(model.snapshot())).toBe(before)
    tell({ sceneId: 'a', status: 'completed' }, 2_001)
    expect(select(model.snapshot()).telemetry?.status).toBe('completed')
  })

  it('without a run means the newest run that has the scene', () => {
    const { model } = modelWith(
      { runId: 'old', sceneId: 'a' },
      { runId: 'new', sceneId: 'a' },
      { runId: 'other', sceneId: 'z' },
    )
    const { telemetry } = createLiveSelector({ sceneId: 'a' })(model.snapshot())
    expect(telemetry?.runId).toBe('new')
  })

  it('of everything shows what executes before what was heard last', () => {
    const { model } = modelWith({ sceneId: 'a' }, { sceneId: 'b', status: 'queued' })
    const selection = createLiveSelector({})(model.snapshot())
    expect(selection.telemetry?.sceneId).toBe('a')
    expect(selection.isStreaming).toBe(true)
    expect(selection.scenes.size).toBe(2)
  })

  it('that is not enabled is empty and never changes', () => {
    const { model, tell } = modelWith({ sceneId: 'a' })
    const select = createLiveSelector({ enabled: false })
    const before = select(model.snapshot())
    tell({ sceneId: 'a', status: 'completed' }, 3_000)
    expect(select(model.snapshot())).toBe(before)
    expect(before).toMatchObject({ telemetry: null, connection: { status: 'idle' }, lastUpdate: null })
  })

  it('of a scene that is not there says so without inventing one', () => {
    const { model } = modelWith({ sceneId: 'a' })
    expect(createLiveSelector({ sceneId: 'nowhere' })(model.snapshot()).telemetry).toBeNull()
  })
})
