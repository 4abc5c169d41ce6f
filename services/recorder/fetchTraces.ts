import type { GpuTrace } from '../../types'
import { parseTrace } from '../wire/trace'

const TIMEOUT_MS = 3_000
/** A night's traces are read a few at a time, so that the server stays free for its work. */
const AT_ONCE = 6
const MAX_BYTES = 4 * 1024 * 1024

/** The traces that the node kept of these prompts; those it hasn't (or a server without a node) are left out. Never rejects. */
export async function fetchTraces(
  base: string,
  promptIds: readonly string[],
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<readonly GpuTrace[]> {
  const waiting = [...promptIds]
  const traces: GpuTrace[] = []
  const work = async (): Promise<void> => {
    for (let promptId = waiting.shift(); promptId !== undefined; promptId = waiting.shift()) {
      const trace = await fetchTrace(base, promptId, fetcher, signal)
      if (trace) traces.push(trace)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return traces
}

async function fetchTrace(
  base: string,
  promptId: string,
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<GpuTrace | undefined> {
  try {
    const response = await fetcher(`${base}/telemetry/trace?promptId=${encodeURIComponent(promptId)}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      cache: 'no-store',
    })
    if (!response.ok) return undefined
    const body = await response.text()
    const trace = body.length > MAX_BYTES ? undefined : parseTrace(body)
    return trace?.ok && trace.value.points.length > 0 ? trace.value : undefined
  } catch {
    return undefined
  }
}
