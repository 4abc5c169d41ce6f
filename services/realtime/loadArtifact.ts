import { artifactToRun, parseArtifact } from '../payloadService'
import type { HistoricalRun } from '../../types'

/** Where a host leaves them, on its own origin (docs/files.md, "The host's artifact file"). */
const PATHS = ['/artifact-metadata.json', '/artifacts/latest-run.json']
const ANSWER_TIMEOUT_MS = 5_000

/**
 * The run of the page's artifact file, the first that is there and can be read; undefined where there is none. Only asked of an
 * http origin. Never rejects; aborting the signal answers early.
 */
export async function loadArtifact(
  origin: string,
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<HistoricalRun | undefined> {
  if (!/^https?:/.test(origin)) return undefined
  for (const path of PATHS) {
    const run = await loadFile(origin + path, fetcher, signal)
    if (run || signal.aborted) return run
  }
  return undefined
}

async function loadFile(
  address: string,
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<HistoricalRun | undefined> {
  try {
    const timed = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)])
    const response = await fetcher(address, { signal: timed, cache: 'no-store' })
    // A web server that answers every path with its front page has no such file either.
    const artifact = response.ok ? parseArtifact(await response.text()) : undefined
    return artifact?.ok ? artifactToRun(artifact.value) : undefined
  } catch {
    return undefined
  }
}
