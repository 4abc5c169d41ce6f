/** The first wait's ceiling, when nothing else is asked for. */
export const BACKOFF_BASE_MS = 500
/** No wait is longer: a server that came back is found within half a minute. */
export const BACKOFF_MAX_MS = 30_000

/**
 * Full-jitter exponential backoff: uniform between 0 and min(30 s, base · 2^(attempt − 1)), so that many pages do not come
 * back in one wave. `attempt` counts from 1; `random` is uniform in [0, 1).
 */
export function backoffDelay(attempt: number, baseMs: number, random: () => number): number {
  const ceiling = Math.min(BACKOFF_MAX_MS, baseMs * 2 ** Math.min(attempt - 1, 30))
  return Math.round(random() * ceiling)
}
