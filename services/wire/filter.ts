import * as v from 'valibot'
import type { FilterExpression, RunField, SceneField, TelemetryFilter } from '../../types'
import { finite, list, optional, text } from './primitives'

/**
 * A filter from a preset, a file or another page, as far as it is valid; not normalized. `leftOut` has a sentence for each member that
 * was left out, of a list for its entries. Wrong types, foreign members, long lists and texts, deep nesting: nothing throws.
 */
export function readFilter(value: unknown): {
  readonly filter: TelemetryFilter
  readonly leftOut: readonly string[]
} {
  if (!v.is(recordSchema, value)) return { filter: {}, leftOut: ['The filter: an object was expected.'] }
  const kept: [string, unknown][] = []
  const leftOut: string[] = []
  for (const [name, member] of Object.entries(value).slice(0, MAX_MEMBERS)) {
    const read = readMember(name, member)
    leftOut.push(...read.leftOut)
    if (read.value !== undefined) kept.push([name, read.value])
  }
  const filter = v.safeParse(filterSchema, Object.fromEntries(kept))
  return { filter: filter.success ? filter.output : {}, leftOut: leftOut.slice(0, MAX_SENTENCES) }
}

interface ReadMember {
  readonly value?: unknown
  readonly leftOut: readonly string[]
}

function readMember(name: string, value: unknown): ReadMember {
  const expected = EXPECTED.get(name)
  if (expected === undefined) return { leftOut: [`\`${clip(name)}\`: there is no such part of a filter.`] }
  if (name === 'expression') return readExpression(value)
  if (v.is(filterSchema, { [name]: value })) return { value, leftOut: [] }
  if (!Array.isArray(value) || value.length > MAX_LIST) return refused(name)
  const entries = value.filter((entry) => v.is(filterSchema, { [name]: [entry] }))
  return {
    value: entries,
    leftOut: [`\`${name}\`: ${value.length - entries.length} of its values; ${expected} was expected.`],
  }
}

const refused = (name: string): ReadMember => ({
  leftOut: [`\`${name}\`: ${EXPECTED.get(name) ?? 'something else'} was expected.`],
})

/** Of an outermost AND each member is kept or left out; of anything else a part is no less than the whole. */
function readExpression(value: unknown): ReadMember {
  if (!isBounded(value)) return { leftOut: ['`expression`: it is too large or nests too deep.'] }
  if (v.is(expressionSchema, value)) return { value, leftOut: [] }
  if (!v.is(groupSchema, value)) return refused('expression')
  const and = value.and.filter((member) => v.is(expressionSchema, member))
  return { value: { and }, leftOut: [`\`expression\`: ${value.and.length - and.length} of its terms.`] }
}

/** Walks what could be endless, for it may be anything: a few thousand parts, not too deep. */
function isBounded(value: unknown): boolean {
  let level: readonly unknown[] = [value]
  let parts = 0
  for (let depth = 0; level.length > 0; depth++) {
    parts += level.length
    if (depth > MAX_DEPTH || parts > MAX_PARTS) return false
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each).slice(0, MAX_PARTS) : [],
    )
  }
  return true
}

const clip = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name)

const MAX_MEMBERS = 100
const MAX_LIST = 1_000
const MAX_TEXT = 1_000
const MAX_SENTENCES = 50
const MAX_PARTS = 5_000
/** Two levels of JSON for each of an expression. */
const MAX_DEPTH = 60

const FIELDS = [
  ...([
    'status',
    'reason',
    'gpu',
    'duration',
    'attempts',
    'scene',
    'error',
    'vram',
    'cached',
    'workflow',
  ] as const),
  ...(['model', 'size', 'steps', 'node', 'cold'] as const),
  ...(['run', 'name', 'story', 'tag', 'source', 'date', 'success', 'policy', 'text'] as const),
] satisfies readonly (SceneField | RunField)[]

const value = text(MAX_TEXT)
const values = optional(list(value, MAX_LIST))
const when = v.union([finite(), v.strictObject({ ago: finite() })])
const bounds = { min: optional(finite()), max: optional(finite()) }
const field = v.picklist(FIELDS)

const termSchema = v.union([
  v.strictObject({ field, op: v.picklist(['is', 'glob', 'contains', 'regex']), value }),
  v.strictObject({ field, ...bounds }),
  v.strictObject({ field: v.literal('date'), after: optional(when), before: optional(when) }),
])
const member = v.lazy(() => expressionSchema)
const expressionSchema: v.GenericSchema<FilterExpression> = v.union([
  termSchema,
  v.strictObject({ and: v.array(member) }),
  v.strictObject({ or: v.array(member) }),
  v.strictObject({ not: member }),
])
const groupSchema = v.strictObject({ and: v.array(v.unknown()) })
const recordSchema = v.record(v.string(), v.unknown())

const filterSchema = v.object({
  dateRange: optional(v.strictObject({ from: optional(when), to: optional(when) })),
  status: optional(list(v.picklist(['success', 'failed', 'timeout', 'skipped']), MAX_LIST)),
  exitReason: values,
  gpuModel: values,
  duration: optional(v.strictObject(bounds)),
  attempts: optional(v.strictObject(bounds)),
  sceneIds: values,
  storyIds: values,
  runIds: values,
  tags: values,
  source: values,
  text: optional(value),
  errorPattern: optional(value),
  expression: optional(expressionSchema),
})

const A_LIST = `a list of at most ${MAX_LIST} texts`
const A_RANGE = 'an object with `min` and `max`'
const EXPECTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dateRange: 'an object with `from` and `to`',
    status: 'a list of success, failed, timeout, skipped',
    exitReason: A_LIST,
    gpuModel: A_LIST,
    duration: A_RANGE,
    attempts: A_RANGE,
    sceneIds: A_LIST,
    storyIds: A_LIST,
    runIds: A_LIST,
    tags: A_LIST,
    source: A_LIST,
    text: `a text of at most ${MAX_TEXT} characters`,
    errorPattern: `a pattern of at most ${MAX_TEXT} characters`,
    expression: 'an expression of terms, `and`, `or` and `not`',
  } satisfies Record<keyof TelemetryFilter, string>),
)
