import { normalizeFilter, runnableFilter } from '../telemetryFilterService'
import { MAX_PRESETS, readPresetName } from '../wire/filterPreset'
import type { FilterPreset, Result, TelemetryFilter } from '../../types'

export type Presets = readonly FilterPreset[]
/** What of a saved search may be changed. */
export interface PresetChange {
  readonly name?: string
  readonly isDefault?: boolean
  readonly filter?: TelemetryFilter
}

/** The list with this search under this name; one that is there gets the new filter and keeps the rest. */
export function withSaved(
  presets: Presets,
  text: string,
  filter: TelemetryFilter,
  now: number,
): Result<Presets, string> {
  const name = readPresetName(text)
  if (name === undefined) return { ok: false, error: NAME_EXPECTED }
  const [refusal] = runnableFilter(filter).leftOut
  if (refusal !== undefined) return { ok: false, error: refusal }
  const known = presets.find((preset) => preset.name === name)
  if (!known && presets.length >= MAX_PRESETS)
    return { ok: false, error: `There are ${MAX_PRESETS} saved views already. Delete one first.` }
  const preset = {
    createdAt: now,
    isDefault: false,
    ...known,
    name,
    filter: normalizeFilter(filter),
    usedAt: now,
  }
  return { ok: true, value: [...presets.filter((each) => each !== known), preset] }
}

/** The list with one changed; only one can be the default. */
export function withChanged(presets: Presets, of: string, change: PresetChange): Result<Presets, string> {
  const known = presets.find(({ name }) => name === of)
  if (!known) return { ok: false, error: `There is no saved view “${of}” any more.` }
  const name = change.name === undefined ? of : readPresetName(change.name)
  if (name === undefined) return { ok: false, error: NAME_EXPECTED }
  if (name !== of && presets.some((each) => each.name === name))
    return { ok: false, error: `There is a saved view “${name}” already.` }
  const isDefault = change.isDefault ?? known.isDefault
  const filter = change.filter ? normalizeFilter(change.filter) : known.filter
  const others = presets.filter((each) => each !== known)
  const value = isDefault ? others.map(withoutDefault) : others
  return { ok: true, value: [...value, { ...known, name, isDefault, filter }] }
}

/** Presets whose filters are normalized and can be run, and a sentence for each pattern that was left out of one. */
export function runnablePresets(presets: Presets): {
  readonly presets: Presets
  readonly leftOut: readonly string[]
} {
  const read = presets.map((preset) => ({ preset, ...runnableFilter(preset.filter) }))
  return {
    presets: read.map(({ preset, filter }) => ({ ...preset, filter })),
    leftOut: read.flatMap(({ preset, leftOut }) => leftOut.map((why) => `“${preset.name}”: ${why}`)),
  }
}

/** The list with those added that are of another browser: of one name, theirs. The default stays what it is. */
export function withImported(presets: Presets, imported: Presets): Presets {
  const names = new Set(imported.map(({ name }) => name))
  const kept = presets.filter(({ name }) => !names.has(name))
  const defaultName = presets.find(({ isDefault }) => isDefault)?.name
  const added = imported.map((preset) => ({
    ...preset,
    isDefault: defaultName === undefined ? preset.isDefault : preset.name === defaultName,
  }))
  return [...kept, ...added].slice(0, MAX_PRESETS)
}

/** The list with a deleted one back, under a name that is free. */
export function withRestored(presets: Presets, preset: FilterPreset): Presets {
  const taken = new Set(presets.map(({ name }) => name))
  let name = preset.name
  for (let copy = 2; taken.has(name); copy++) name = `${preset.name} ${copy}`
  const hasDefault = presets.some(({ isDefault }) => isDefault)
  return [...presets, { ...preset, name, isDefault: preset.isDefault && !hasDefault }]
}

/** What a store must remove and put to hold `next` instead of `before`. */
export function changeBetween(
  before: Presets,
  next: Presets,
): { readonly put: Presets; readonly remove: readonly string[] } {
  const names = new Set(next.map(({ name }) => name))
  return {
    put: next.filter((preset) => !before.includes(preset)),
    remove: before.flatMap(({ name }) => (names.has(name) ? [] : [name])),
  }
}

const NAME_EXPECTED = 'A name of 1 to 100 characters was expected.'
const withoutDefault = (preset: FilterPreset): FilterPreset =>
  preset.isDefault ? { ...preset, isDefault: false } : preset
