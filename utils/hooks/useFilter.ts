import { useState, useSyncExternalStore } from 'react'
import type { TelemetryCore } from '../../services/createTelemetry'
import type { TelemetryFilter } from '../../types'
import { createFilterStore, type FilterState, type FilterStore } from '../filter/createFilterStore'
import { useTelemetry } from './TelemetryProvider'

/** Where the filter of each telemetry is; it ends with its telemetry. */
const stores = new WeakMap<TelemetryCore, FilterStore>()

/** The one filter of the telemetry above, or a private one that nothing else sees and nobody remembers. */
export function useFilterStore(
  options: { readonly initial?: TelemetryFilter; readonly local?: boolean } = {},
): FilterStore {
  const telemetry = useTelemetry()
  const [own] = useState(() => (options.local ? createFilterStore(options.initial) : undefined))
  return own ?? sharedStore(telemetry, options.initial)
}

/** The filter as it stands; renders when it changes. */
export function useFilterState(store: FilterStore): FilterState {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
}

function sharedStore(telemetry: TelemetryCore, initial: TelemetryFilter | undefined): FilterStore {
  const known = stores.get(telemetry)
  if (known) return known
  const made = createFilterStore(initial, 'filter')
  stores.set(telemetry, made)
  return made
}
