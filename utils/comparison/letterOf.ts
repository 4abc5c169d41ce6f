/** `A`, `B`, …: what a run is called in a comparison. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index)
