import fc from 'fast-check'

/** Values that no honest peer sends, and some that look as if. */
const ODD: readonly unknown[] = [
  ...[null, true, '', 0, -0, -1, 0.5, 1e15, 2 ** 53, 1e999, -1e999, 4.2e12, 4.3e12, 8.64e15],
  ...[
    'NaN',
    'Infinity',
    '1',
    'true',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '__proto__',
    'constructor',
    'x'.repeat(5_000),
  ],
  ...[{}, [], [[]], [null], { length: 1e9 }, { toString: 'x', valueOf: 'y', then: 'z' }],
]
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  'type',
  'seq',
]

/** Any JSON value, up to some depth, with members of these names and of those that reach for prototypes. */
export function hostileValue(names: readonly string[] = []): fc.Arbitrary<unknown> {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...ODD),
      fc.jsonValue({ maxDepth: 2 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...names, ...NAMES), tie('value'), { maxKeys: 6 }),
    ),
  }))
  return value
}

/**
 * JSON texts that are nearly right: one of these values with up to three of its members replaced by something hostile or left out; and
 * some that are nothing of the kind. About one in five stays as it should be.
 */
export function hostileJson(valid: readonly unknown[]): fc.Arbitrary<string> {
  const value = hostileValue(Object.keys(Object(valid[0])))
  const change = fc.tuple(fc.nat(40), fc.oneof({ arbitrary: value, weight: 4 }, fc.constant(undefined)))
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.array(change, { maxLength: 3 }))
    .map(([given, changes]) => mutate(given, new Map(changes)))
  return fc.oneof(
    { arbitrary: mutated, weight: 7 },
    { arbitrary: value.map((each) => JSON.stringify(each) ?? ''), weight: 2 },
    fc.string(),
    mutated.map((text) => text.slice(0, Math.floor(text.length / 2))),
    mutated.map((text) => text.replace(/:(\d+)/, ':1e999')),
  )
}

/** The members are counted as they are walked; what takes the place of one is not walked. */
function mutate(given: unknown, changes: ReadonlyMap<number, unknown>): string {
  let position = 0
  const walk = (value: unknown): unknown => {
    const at = position++
    if (changes.has(at)) return changes.get(at)
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]))
  }
  return JSON.stringify(walk(given)) ?? ''
}

/** What must be true of everything that was let in: plain objects and finite numbers, no longer than it came. */
export function soundness(value: unknown): 'sound' | 'a foreign prototype' | 'no finite number' {
  if (typeof value === 'number') return Number.isFinite(value) ? 'sound' : 'no finite number'
  if (typeof value !== 'object' || value === null) return 'sound'
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype) return 'a foreign prototype'
  return (
    Object.values(value)
      .map(soundness)
      .find((each) => each !== 'sound') ?? 'sound'
  )
}
