import type { PresetBook, PresetState } from '../presets/createPresetBook'
import { createStore } from '../shared/createStore'
import { lazily } from '../shared/lazily'

/**
 * The saved searches as the page has them: the book is opened when somebody first watches them or asks for one, and what can't be
 * done without it rejects as `open` does; the next call opens it again.
 */
export function createPresetFacade(
  open: () => Promise<PresetBook>,
): PresetBook & { forget(): Promise<void> } {
  const state = createStore<PresetState>({ presets: [], kept: 'database', isLoaded: false })
  let book: PresetBook | undefined
  let isDisposed = false

  const get = lazily(async () => {
    const opened = (book = await open())
    if (isDisposed) opened.dispose()
    opened.subscribe(() => state.set(opened.getSnapshot()))
    state.set(opened.getSnapshot())
    return opened
  })
  const whenLoaded = async (): Promise<PresetBook> => {
    const opened = await get()
    await opened.loaded
    return opened
  }

  return {
    getSnapshot: state.getSnapshot,
    subscribe(listener) {
      void get().catch(() => undefined) // without it there are none to show
      return state.subscribe(listener)
    },
    get loaded() {
      return whenLoaded().then(
        () => undefined,
        () => undefined,
      )
    },
    save: async (name, filter) => (await get()).save(name, filter),
    update: async (name, change) => (await get()).update(name, change),
    touch: async (name) => (await get()).touch(name),
    remove: async (name) => (await get()).remove(name),
    importFile: async (text) => (await get()).importFile(text),
    exportFile: () => book?.exportFile() ?? '',
    forget: async () => (await whenLoaded()).forget(),
    dispose() {
      isDisposed = true
      book?.dispose()
    },
  }
}
