import * as v from 'valibot'
import type { FilterPreset } from '../../types'
import { readFilter } from './filter'
import { time } from './primitives'

/** Presets as they are exchanged between browsers; `version` tells later pages what to expect. */
export const PRESET_FILE = { format: 'gemdirect1-telemetry-presets', version: 1 } as const
export const MAX_PRESETS = 500
export const MAX_PRESET_NAME = 100

/**
 * Presets of unknown origin, a list or a file's content, as far as they are valid: at most `MAX_PRESETS`, the first of a name, one
 * default. `leftOut` has a sentence for each that was left out or lost a part. Filters are not normalized. Never throws.
 */
export function readPresets(value: unknown): {
  readonly presets: readonly FilterPreset[]
  readonly leftOut: readonly string[]
} {
  const rows = rowsOf(value)
  if (!rows) return { presets: [], leftOut: ['Saved views: a list was expected.'] }
  if (v.is(newerSchema, value)) return { presets: [], leftOut: [newerWords(value.version)] }
  const presets = new Map<string, FilterPreset>()
  const leftOut: string[] = []
  for (const row of rows.slice(0, MAX_PRESETS)) {
    const read = readPreset(row, presets)
    leftOut.push(...read.leftOut)
    if (read.preset) presets.set(read.preset.name, read.preset)
  }
  if (rows.length > MAX_PRESETS)
    leftOut.push(`${rows.length - MAX_PRESETS} saved views: at most ${MAX_PRESETS} are kept.`)
  return { presets: [...presets.values()], leftOut: leftOut.slice(0, MAX_SENTENCES) }
}

/** The name as it is kept: without space around it; undefined when there is none of 1 to 100 characters. */
export function readPresetName(text: string): string | undefined {
  const name = text.trim()
  return name === '' || name.length > MAX_PRESET_NAME ? undefined : name
}

function rowsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  return v.is(fileSchema, value) ? value.presets : undefined
}

function readPreset(
  row: unknown,
  before: ReadonlyMap<string, FilterPreset>,
): { readonly preset?: FilterPreset; readonly leftOut: readonly string[] } {
  const parsed = v.safeParse(rowSchema, row)
  const name = parsed.success ? readPresetName(parsed.output.name) : undefined
  if (!parsed.success || name === undefined)
    return { leftOut: ['A saved view without a name of 1 to 100 characters.'] }
  if (before.has(name)) return { leftOut: [`“${name}”: there was one of this name already.`] }
  const { filter, createdAt, usedAt, isDefault } = parsed.output
  const read = readFilter(filter)
  const preset = {
    name,
    filter: read.filter,
    createdAt,
    usedAt: Math.max(createdAt, usedAt),
    isDefault: isDefault && ![...before.values()].some((each) => each.isDefault),
  }
  return { preset, leftOut: read.leftOut.map((sentence) => `“${name}”: ${sentence}`) }
}

const MAX_SENTENCES = 50
const rowSchema = v.object({
  name: v.string(),
  filter: v.unknown(),
  createdAt: v.fallback(time(), 0),
  usedAt: v.fallback(time(), 0),
  isDefault: v.fallback(v.boolean(), false),
})
/** A file that a later page wrote, of which this one could misread anything. */
const newerSchema = v.object({ version: v.pipe(v.number(), v.minValue(PRESET_FILE.version + 1)) })
const newerWords = (version: number): string =>
  `This file is of version ${version}; this page reads version ${PRESET_FILE.version}. Reload to get a newer page.`
const fileSchema = v.object({ format: v.literal(PRESET_FILE.format), presets: v.array(v.unknown()) })
