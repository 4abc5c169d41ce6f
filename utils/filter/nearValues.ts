import { fold } from '../../services/telemetryFilterService'

/** A longer one is not compared letter by letter. */
const MOST_LETTERS = 60

/**
 * Of these values those that are like what was written, the nearest first: that begin with it, contain it, have each of its words,
 * or differ in a few letters. Case and accents aside.
 */
export function nearValues(written: string, values: readonly string[]): readonly string[] {
  const sought = fold(written).trim()
  const words = sought.split(/\s+/)
  const distanceOf = (value: string): number => {
    const text = fold(value)
    if (text.startsWith(sought)) return 0
    if (text.includes(sought)) return 1
    if (words.every((word) => text.includes(word))) return 2
    return isMistyped(sought, text) ? 3 : Infinity
  }
  return values
    .map((value) => ({ value, distance: distanceOf(value) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance)
    .map(({ value }) => value)
}

/** Whether one letter in four, and at least one, was left out, put in, changed or swapped with the next. */
function isMistyped(a: string, b: string): boolean {
  if (a.length > MOST_LETTERS || b.length > MOST_LETTERS) return false
  return editDistance(a, b) <= Math.max(1, Math.floor(a.length / 4))
}

/** Damerau and Levenshtein's, of adjacent swaps. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min(changed, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
