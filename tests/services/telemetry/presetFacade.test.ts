import { describe, expect, it, vi } from 'vitest'
import { createPresetBook } from '../../../services/presets/createPresetBook'
import { createPresetFacade } from '../../../services/telemetry/presetFacade'
import type { FilterPreset, StorageReport } from '../../../types'

const REPORT: StorageReport = { mode: 'indexeddb', runs: 0, origin: '', persisted: false }

/** A book over a history that keeps presets in an array. */
function opening() {
  let stored: readonly FilterPreset[] = []
  const history = {
    presets: async () => [...stored],
    async changePresets({
      put = [],
      remove = [],
    }: {
      put?: readonly FilterPreset[]
      remove?: readonly string[]
    }) {
      const gone = new Set([...remove, ...put.map(({ name }) => name)])
      stored = [...stored.filter(({ name }) => !gone.has(name)), ...put]
    },
  }
  return vi.fn(async () => createPresetBook(history, Promise.resolve(REPORT), () => 1))
}

describe('saved searches on the page', () => {
  it('are not opened before somebody looks at them', async () => {
    const open = opening()
    const presets = createPresetFacade(open)
    expect(presets.getSnapshot()).toMatchObject({ presets: [], isLoaded: false })
    expect(open).not.toHaveBeenCalled()
    const stop = presets.subscribe(() => undefined)
    await presets.loaded
    expect(presets.getSnapshot().isLoaded).toBe(true)
    expect(open).toHaveBeenCalledOnce()
    stop()
    presets.dispose()
  })

  it('are saved, changed, taken away and brought back by who never looked at them', async () => {
    const presets = createPresetFacade(opening())
    await presets.save('Failed', { status: ['failed'] })
    await presets.update('Failed', { name: 'Broken' })
    const names = (): readonly string[] => presets.getSnapshot().presets.map(({ name }) => name)
    expect(names()).toEqual(['Broken'])
    expect(presets.exportFile()).toContain('"Broken"')
    const { undo } = await presets.remove('Broken')
    expect(names()).toEqual([])
    await undo()
    expect(names()).toEqual(['Broken'])
    await presets.forget()
    expect(names()).toEqual([])
    presets.dispose()
  })

  it('that cannot be opened are refused, and opened by the next who asks', async () => {
    const open = opening()
    open.mockRejectedValueOnce(new Error('offline'))
    const presets = createPresetFacade(open)
    await expect(presets.save('Failed', {})).rejects.toThrow('offline')
    await presets.save('Failed', {})
    expect(presets.getSnapshot().presets).toHaveLength(1)
    presets.dispose()
  })

  it('opened after the end are closed at once', async () => {
    const dispose = vi.fn()
    const presets = createPresetFacade(async () => ({ ...(await opening()()), dispose }))
    presets.dispose()
    await presets.loaded
    expect(dispose).toHaveBeenCalledOnce()
  })
})
