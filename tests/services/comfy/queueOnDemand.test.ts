import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { queueOnDemand } from '../../../services/comfy/queueOnDemand'
import type { ComfyUIQueue } from '../../../services/comfyUIService'
import { createStore } from '../../../services/shared/createStore'
import type { Generation } from '../../../types'

/** A queue that writes down what it is asked. */
function queue() {
  const asked: string[] = []
  const generations = createStore<readonly Generation[]>([])
  const ask =
    (name: string) =>
    async (...args: readonly unknown[]): Promise<never> => {
      asked.push([name, ...args.map((each) => JSON.stringify(each))].join(' '))
      return undefined as never
    }
  const made: ComfyUIQueue = {
    generations,
    ready: () => Promise.resolve(),
    probe: ask('probe'),
    systemStats: ask('systemStats'),
    validate: ask('validate'),
    generate: ask('generate'),
    retryFailed: ask('retryFailed'),
    resume: ask('resume'),
    unfinished: ask('unfinished'),
    discard: ask('discard'),
    interrupt: ask('interrupt'),
    stop: ask('stop'),
    report: ask('report'),
    dispose: ask('dispose'),
  }
  return { made, asked, generations }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a queue that is loaded when it is wanted', () => {
  it('is loaded by the first question, and shows its generations from then on', async () => {
    const { made, asked, generations } = queue()
    const load = vi.fn(async () => made)
    const comfy = queueOnDemand(load, Date.now)
    expect(load).not.toHaveBeenCalled()
    await Promise.all([comfy.discard('night'), comfy.stop('night')])
    expect(load).toHaveBeenCalledOnce()
    expect(asked).toEqual(['discard "night"', 'stop "night"'])
    const running: readonly Generation[] = []
    generations.set(running)
    expect(comfy.generations.getSnapshot()).toBe(running)
  })

  it('refuses a question while it cannot be loaded, and loads with the next', async () => {
    const { made, asked } = queue()
    const load = vi.fn(async () => made)
    load.mockRejectedValueOnce(new Error('offline'))
    const comfy = queueOnDemand(load, Date.now)
    await expect(comfy.stop('night')).rejects.toThrow('offline')
    await comfy.stop('night')
    expect(asked).toEqual(['stop "night"'])
  })

  it('loses no report of a host while it cannot be loaded, and keeps their order', async () => {
    const { made, asked } = queue()
    const load = vi.fn(async () => made)
    load.mockRejectedValueOnce(new Error('offline')).mockRejectedValueOnce(new Error('offline'))
    const comfy = queueOnDemand(load, Date.now)
    const told = Promise.all([
      comfy.report('beginRun', [{ runId: 'night', runName: 'Night', sceneCount: 1 }]),
      comfy.report('endRun', ['night', 'ended']),
    ])
    await vi.advanceTimersByTimeAsync(9_000)
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    await told
    expect(asked.map((each) => each.split(' ', 2)[1])).toEqual(['"beginRun"', '"endRun"'])
  })

  it('that nobody asked ends without being loaded; one that comes too late is ended', async () => {
    const { made, asked } = queue()
    let come = (_: ComfyUIQueue): void => undefined
    const load = vi.fn(() => new Promise<ComfyUIQueue>((resolve) => (come = resolve)))
    const unasked = queueOnDemand(load, Date.now)
    await unasked.dispose()
    expect(load).not.toHaveBeenCalled()

    const comfy = queueOnDemand(load, Date.now)
    const refused = expect(comfy.stop('night')).rejects.toThrow(/after its end/)
    await comfy.dispose()
    come(made)
    await refused
    expect(asked).toEqual(['dispose'])
  })
})
