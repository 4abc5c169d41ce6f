import type { Unit } from './fields'

/** What a number of this unit looks like, for whoever wrote something else. */
export const EXPECTED_NUMBER: Readonly<Record<Unit, string>> = {
  time: 'a time such as 90s',
  size: 'a size such as 8GB',
  share: 'a share such as 50%',
  percent: 'a percentage such as 80%',
  count: 'a number such as 2',
}

/** A number with its unit, in the stored one (ms, bytes, fractions); undefined when it isn't one. Times and sizes need a unit. */
export function readQuantity(text: string, unit: Unit): number | undefined {
  const [, digits, suffix = ''] = NUMBER.exec(text) ?? []
  const scale = SCALES[unit].get(suffix.toLowerCase())
  if (digits === undefined || scale === undefined) return undefined
  const value = scale === 'percent' ? Number(shiftDecimal(digits, -2)) : Number(digits) * scale
  return Number.isFinite(value) ? value + 0 : undefined
}

/** The shortest text that reads as exactly this number. */
export function writeQuantity(value: number, unit: Unit): string {
  const texts = WRITTEN[unit].flatMap(([suffix, scale]) =>
    scale === 'percent' ? percentTexts(value) : `${value / scale}${suffix}`,
  )
  const exact = texts.filter((text) => readQuantity(text, unit) === value)
  return exact.reduce((best, text) => (text.length < best.length ? text : best))
}

/** Whether bounds of this unit are written `>90s` and `<2h`; counts are written `2..` and `..5`. */
export const hasUnit = (unit: Unit): boolean => unit !== 'count'

/** Moves the point in the digits, so that no rounding of a product gets in. */
function shiftDecimal(digits: string, places: number): string {
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e')
  return `${mantissa}e${Number(exponent) + places}`
}

/** As people write it, and with the very digits, for what doesn't survive the first. */
function percentTexts(value: number): readonly string[] {
  const shifted = shiftDecimal(String(value), 2)
  return [`${Number(shifted)}%`, `${shifted}%`]
}

type Scale = number | 'percent'

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)$/i
const TIME: readonly [string, Scale][] = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]
const SIZE: readonly [string, Scale][] = [
  ['TB', 2 ** 40],
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['KB', 2 ** 10],
  ['B', 1],
]
const PERCENT: readonly [string, Scale][] = [['%', 'percent']]
const WRITTEN: Readonly<Record<Unit, readonly [string, Scale][]>> = {
  time: TIME,
  size: SIZE,
  share: [...PERCENT, ['', 1]],
  percent: PERCENT,
  count: [['', 1]],
}
const SCALES: Readonly<Record<Unit, ReadonlyMap<string, Scale>>> = {
  time: lowerCased([...TIME, ['min', 60_000], ['d', 86_400_000]]),
  size: lowerCased(SIZE),
  share: lowerCased(WRITTEN.share),
  percent: lowerCased([...PERCENT, ['', 'percent']]),
  count: lowerCased(WRITTEN.count),
}

function lowerCased(scales: readonly [string, Scale][]): ReadonlyMap<string, Scale> {
  return new Map(scales.map(([suffix, scale]) => [suffix.toLowerCase(), scale]))
}
