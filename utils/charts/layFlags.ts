/** A flag of a change point: where its pole stands, px, and what it says, long and short. */
export interface FlagRequest {
  readonly x: number
  readonly text: string
  readonly short: string
}
export interface PlacedFlag {
  readonly x: number
  readonly row: number
  /** Empty where there was room for the pennant alone. */
  readonly text: string
  /** Whether the text stands right of its pole or left of it. */
  readonly side: 'start' | 'end'
}

const MAX_ROWS = 2
/** Of the system's sans at 12 px, on the wide side. */
const CHARACTER_PX = 6.6
const PADDING_PX = 18
/** The pennant without a text, px. */
export const FLAG_BARE_PX = 12

/** Places flags above a plot from `left` to `right` so that no two overlap: in two rows, shortened where they must be. */
export function layFlags(flags: readonly FlagRequest[], left: number, right: number): readonly PlacedFlag[] {
  const ends: (readonly [number, number])[][] = Array.from({ length: MAX_ROWS }, () => [])
  return flags.map(({ x, text, short }) => {
    for (const words of [text, short])
      for (let row = 0; row < MAX_ROWS; row++)
        for (const side of ['start', 'end'] as const) {
          const span = spanOf(x, words, side)
          if (
            span[0] < left - 1 ||
            span[1] > right + 1 ||
            (ends[row] ?? []).some((taken) => overlaps(taken, span))
          )
            continue
          ends[row]?.push(span)
          return { x, row, text: words, side }
        }
    return { x, row: 0, text: '', side: 'start' }
  })
}

/** About how wide a flag is, px. */
export const flagWidth = (text: string): number => text.length * CHARACTER_PX + PADDING_PX

function spanOf(x: number, text: string, side: 'start' | 'end'): readonly [number, number] {
  const width = flagWidth(text)
  return side === 'start' ? [x - 4, x + width] : [x - width, x + 4]
}

const overlaps = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[1] && b[0] < a[1]
