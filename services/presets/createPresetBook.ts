import type {
  FilterPreset,
  ReadableStore,
  Result,
  RunHistory,
  StorageReport,
  TelemetryFilter,
} from '../../types'
import { createStore } from '../shared/createStore'
import { onLocalText, readLocalText, writeLocalText } from '../shared/localText'
import { parseBoundedJson } from '../wire/boundedJson'
import { PRESET_FILE, readPresets } from '../wire/filterPreset'
import {
  changeBetween,
  runnablePresets,
  withChanged,
  withImported,
  withRestored,
  withSaved,
  type PresetChange,
  type Presets,
} from './presetList'

export interface PresetState {
  /** Last used first. */
  readonly presets: readonly FilterPreset[]
  /** Where they outlive the page: `memory` means nowhere. */
  readonly kept: 'database' | 'browser' | 'memory'
  readonly isLoaded: boolean
}
/** Saved searches, of which the page has a copy. What cannot be done rejects with a sentence. */
export interface PresetBook extends ReadableStore<PresetState> {
  /** Resolves when the saved ones are here. */
  readonly loaded: Promise<void>
  save(name: string, filter: TelemetryFilter): Promise<void>
  update(name: string, change: PresetChange): Promise<void>
  /** Notes that it was used now. */
  touch(name: string): Promise<void>
  remove(name: string): Promise<{ undo(): Promise<void> }>
  /** A file of another browser: those of one name take the place of the ones here. */
  importFile(
    text: string,
  ): Promise<Result<{ readonly count: number; readonly leftOut: readonly string[] }, string>>
  exportFile(): string
  /** After everything was deleted. */
  forget(): void
  dispose(): void
}

/**
 * Keeps saved searches in the history's database and a copy of them in localStorage; where the database is denied they live in
 * localStorage alone, where that is full or denied too, as long as the page. Simulated histories have their own.
 */
export function createPresetBook(
  history: Pick<RunHistory, 'presets' | 'changePresets'>,
  ready: Promise<StorageReport>,
  now: () => number,
): PresetBook {
  const store = createStore<PresetState>({ presets: [], kept: 'database', isLoaded: false })
  let list: Presets = []
  let shelf = 'presets'
  let hasDatabase = false
  let stopListening = (): void => undefined
  let isDisposed = false

  const show = (kept: PresetState['kept']): void => {
    const presets = [...list].sort((a, b) => b.usedAt - a.usedAt || (a.name < b.name ? -1 : 1))
    store.set({ presets, kept, isLoaded: true })
  }
  const keep = async (before: Presets): Promise<void> => {
    const change = changeBetween(before, list)
    const inDatabase = hasDatabase && (await isDone(history.changePresets(change)))
    const inBrowser = writeLocalText(shelf, list.length === 0 ? '' : JSON.stringify(list))
    show(inDatabase ? 'database' : inBrowser ? 'browser' : 'memory')
  }
  const become = async (next: Presets): Promise<void> => {
    const before = list
    list = next
    show(store.getSnapshot().kept)
    await keep(before)
  }
  const load = async (): Promise<void> => {
    const report = await ready.catch(() => undefined)
    hasDatabase = report?.mode === 'indexeddb'
    shelf = report?.simulated ? 'presets.simulated' : 'presets'
    const stored = hasDatabase ? await history.presets().catch(() => []) : []
    const known = runnablePresets(readPresets(stored).presets).presets
    // What the database lacks was saved while it was denied, or before the browser threw it away.
    const shelved = readShelf(shelf).filter(({ name }) => !known.some((each) => each.name === name))
    list = shelved.reduce(withRestored, known)
    await keep(known)
    if (!isDisposed) stopListening = onLocalText(shelf, readAgain)
  }
  const readAgain = (): void => {
    list = readShelf(shelf)
    show(store.getSnapshot().kept)
  }
  const loaded = load()
  const change = async (make: (presets: Presets) => Result<Presets, string>): Promise<void> => {
    await loaded
    const made = make(list)
    if (!made.ok) throw new Error(made.error)
    await become(made.value)
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    loaded,
    save: (name, filter) => change((presets) => withSaved(presets, name, filter, now())),
    update: (name, what) => change((presets) => withChanged(presets, name, what)),
    async touch(name) {
      await loaded
      await become(list.map((preset) => (preset.name === name ? { ...preset, usedAt: now() } : preset)))
    },
    async remove(name) {
      await loaded
      const gone = list.find((preset) => preset.name === name)
      await become(list.filter((preset) => preset !== gone))
      let left = gone
      return {
        undo: async () => {
          const preset = left
          left = undefined
          if (preset) await become(withRestored(list, preset))
        },
      }
    },
    async importFile(text) {
      await loaded
      const json = parseBoundedJson(text, BOUNDS)
      if (!json.ok) return json
      const read = readPresets(json.value)
      if (read.presets.length === 0)
        return { ok: false, error: read.leftOut[0] ?? 'There is no saved view in this file.' }
      const { presets, leftOut } = runnablePresets(read.presets)
      await become(withImported(list, presets))
      return { ok: true, value: { count: presets.length, leftOut: [...read.leftOut, ...leftOut] } }
    },
    exportFile: () =>
      `${JSON.stringify({ ...PRESET_FILE, presets: store.getSnapshot().presets }, null, 2)}\n`,
    forget() {
      list = []
      writeLocalText(shelf, '')
      show(store.getSnapshot().kept)
    },
    dispose() {
      isDisposed = true
      stopListening()
    },
  }
}

const BOUNDS = { maxChars: 5_000_000, maxDepth: 80 }

function readShelf(shelf: string): Presets {
  const json = parseBoundedJson(readLocalText(shelf) ?? '[]', BOUNDS)
  return json.ok ? runnablePresets(readPresets(json.value).presets).presets : []
}

const isDone = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false, // the browser's copy stands in
  )
