const KEY = 'gemdirect1-telemetry.lastLook'
let kept: number | undefined

/** When somebody last looked at a page of this origin, in whichever tab; undefined if never, or if nothing readable is stored. */
export function readLastLook(): number | undefined {
  try {
    const stored = Number(localStorage.getItem(KEY) ?? Number.NaN)
    return Number.isFinite(stored) && stored > 0 ? stored : undefined
  } catch {
    return kept
  }
}

/** Where localStorage is denied it lasts as long as the page. */
export function writeLastLook(at: number): void {
  kept = at
  try {
    localStorage.setItem(KEY, String(at))
  } catch {
    // Denied: this page alone remembers it.
  }
}
