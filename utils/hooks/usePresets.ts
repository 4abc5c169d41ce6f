import { useMemo, useSyncExternalStore } from 'react'
import type { PresetBook, PresetState } from '../../services/presets/createPresetBook'
import { useTelemetry } from './TelemetryProvider'

/** The saved searches and what can be done with them; renders when they change. */
export function usePresets(): PresetState &
  Omit<PresetBook, 'subscribe' | 'getSnapshot' | 'dispose' | 'forget'> {
  const { presets: book } = useTelemetry()
  const state = useSyncExternalStore(book.subscribe, book.getSnapshot, book.getSnapshot)
  return useMemo(() => ({ ...book, ...state }), [book, state])
}
