import { THIN } from '../format/thin'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((n) => n * HOUR),
]

/** Times since `origin` at human steps (1, 2, 5, 10, 15, 30 s; minutes; hours), at most `most` of them within the range; epoch ms. */
export function timeTicks(origin: number, from: number, to: number, most = 6): readonly number[] {
  const span = to - from
  if (!(span > 0)) return [from]
  const step = STEPS.find((each) => Math.floor(span / each) < most) ?? span / (most - 1)
  const first = Math.ceil((from - origin) / step)
  const count = Math.min(most, Math.floor((to - origin) / step) - first + 1)
  return Array.from({ length: Math.max(0, count) }, (_, i) => origin + (first + i) * step)
}

/** A time since the start as an axis says it: `0`, `30 s`, `5 m`, `1 m 30 s`, `2 h`. */
export function tickText(ms: number): string {
  const seconds = Math.round(ms / SECOND)
  if (seconds === 0) return '0'
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const
  return parts.flatMap(([value, unit]) => (value > 0 ? `${value}${THIN}${unit}` : [])).join(' ')
}
