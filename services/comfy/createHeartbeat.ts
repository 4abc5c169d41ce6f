/** A gap in a one-second clock that no busy worker makes: the tab was frozen or the machine slept. */
const PAUSE_MS = 10_000
const BEAT_MS = 1_000
const BEATS_A_RENEWAL = 2

/** Beats while a run is being queued; tells when it stood still. Returns its undo. `now` is the wall clock. */
export function createHeartbeat(
  now: () => number,
  events: { readonly onRenew: () => void; readonly onPause: (from: number, to: number) => void },
): () => void {
  let last = now()
  let beats = 0
  const timer = setInterval(() => {
    const at = now()
    const isPause = at - last > PAUSE_MS
    if (isPause) events.onPause(last, at)
    last = at
    beats += 1
    if (isPause || beats % BEATS_A_RENEWAL === 0) events.onRenew()
  }, BEAT_MS)
  return () => clearInterval(timer)
}
