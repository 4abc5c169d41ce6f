import { parseSystemStats, type SystemStats } from '../wire/systemStats'

/** How often a server without the telemetry node is asked for its figures. */
const POLL_MS = 1_000
const ANSWER_TIMEOUT_MS = 5_000

/**
 * Asks a stock ComfyUI for its figures once a second; one question at a time. `onSilence` is called when it no longer
 * answers, and the asking ends. Returns its undo.
 */
export function pollSystemStats(
  base: string,
  fetcher: typeof fetch,
  events: { readonly onStats: (stats: SystemStats) => void; readonly onSilence: () => void },
): () => void {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async (): Promise<void> => {
    const stats = await readSystemStats(base, fetcher, controller.signal)
    if (controller.signal.aborted) return
    if (!stats) return events.onSilence()
    events.onStats(stats)
    timer = setTimeout(() => void ask(), POLL_MS)
  }
  void ask()
  return () => {
    controller.abort()
    clearTimeout(timer)
  }
}

/** What the server's `/system_stats` tells; undefined when it doesn't answer, or not with that. Never rejects. */
export async function readSystemStats(
  base: string,
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<SystemStats | undefined> {
  try {
    const timed = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)])
    const response = await fetcher(`${base}/system_stats`, { signal: timed, cache: 'no-store' })
    if (!response.ok) return undefined
    const stats = parseSystemStats(await response.text())
    return stats.ok ? stats.value : undefined
  } catch {
    return undefined
  }
}
