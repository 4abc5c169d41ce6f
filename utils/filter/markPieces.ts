/** A part of a text, of what was sought or between it. */
export interface MarkedPiece {
  readonly text: string
  readonly isHit: boolean
  readonly start: number
}

/** A text cut at these ranges, [start, end) in order; a range beyond the text ends with it. */
export function markPieces(
  text: string,
  ranges: readonly (readonly [number, number])[],
): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = []
  let at = 0
  const cut = (end: number, isHit: boolean): void => {
    if (end > at) pieces.push({ text: text.slice(at, end), isHit, start: at })
    at = Math.max(at, end)
  }
  for (const [start, end] of ranges) {
    cut(Math.min(start, text.length), false)
    cut(Math.min(end, text.length), true)
  }
  cut(text.length, false)
  return pieces
}
