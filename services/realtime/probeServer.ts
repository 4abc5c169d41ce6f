import { infoSchema, PROTOCOL, type TelemetryInfo } from '../wire/messages'
import { parseJson, parseWith } from '../wire/parse'

/** What answers at a server's address, and the sentence to say when it is not the stream. */
export type Probe =
  | { readonly kind: 'node'; readonly info: TelemetryInfo }
  | { readonly kind: 'stock' }
  | { readonly kind: 'refused'; readonly reason: 'origin' | 'protocol'; readonly message: string }
  | { readonly kind: 'silent'; readonly message: string }

/** An answer that takes longer counts as none: the caller tries again with backoff. */
const PROBE_TIMEOUT_MS = 5_000

/**
 * Asks `<base>/telemetry/info` who is there (telemetry-protocol.md, "The client's duties"). Never rejects; aborting the
 * signal makes it answer `silent` early.
 */
export async function probeServer(
  base: string,
  fetcher: typeof fetch,
  origin: string,
  signal: AbortSignal,
): Promise<Probe> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)])
  try {
    const response = await fetcher(`${base}/telemetry/info`, { signal: timed, cache: 'no-store' })
    if (response.status === 403) return refusedOrigin(base, origin, await readReason(response))
    if (response.status === 404) return { kind: 'stock' }
    if (!response.ok) {
      // Of a proxy that can't reach the server: the dashboard's own says why.
      const said = response.status === 502 ? await readReason(response) : undefined
      return silent(said ?? `${base} answers with status ${response.status}. It is tried again by itself.`)
    }
    return readInfo(await response.text(), base)
  } catch {
    return await tellDeadFromRefusing(base, fetcher, origin, timed)
  }
}

function readInfo(body: string, base: string): Probe {
  const json = parseJson(body)
  const info = json.ok ? parseWith(infoSchema, json.value) : json
  // A web server that answers every path with its front page is no telemetry node.
  if (!info.ok)
    return silent(`What answers at ${base} is not ComfyUI with the telemetry node. Check the address.`)
  if (info.value.protocols.includes(PROTOCOL)) return { kind: 'node', info: info.value }
  const newest = Math.max(0, ...info.value.protocols)
  return { kind: 'refused', reason: 'protocol', message: protocolMessage(newest) }
}

/** Which side to update when the two speak different versions. */
export function protocolMessage(theirs: number): string {
  const who = theirs > PROTOCOL ? 'this dashboard' : 'the telemetry node in ComfyUI'
  return `The server speaks telemetry protocol ${theirs}, this page version ${PROTOCOL}. Update ${who}.`
}

async function tellDeadFromRefusing(
  base: string,
  fetcher: typeof fetch,
  origin: string,
  signal: AbortSignal,
): Promise<Probe> {
  try {
    await fetcher(`${base}/system_stats`, { mode: 'no-cors', signal, cache: 'no-store' })
    return refusedOrigin(base, origin, undefined)
  } catch {
    const isOwn = base.startsWith(`${origin}/`) || base === origin
    const why = isOwn ? '' : `, or this browser does not let ${origin} reach ${base}`
    return silent(`No answer: the server is off${why}. It is tried again by itself.`)
  }
}

function refusedOrigin(base: string, origin: string, said: string | undefined): Probe {
  const message =
    said ??
    `This server refuses pages from ${origin}. Open ${base}/telemetry/ui/, or start ComfyUI with ` +
      `GEMDIRECT_TELEMETRY_ORIGINS=${origin} (without the telemetry node: --enable-cors-header ${origin}).`
  return { kind: 'refused', reason: 'origin', message }
}

/** The node's 403 says which variable to set; anything else's 403 says nothing we would repeat. */
async function readReason(response: Response): Promise<string | undefined> {
  const json = parseJson((await response.text()).slice(0, 4_096))
  if (!json.ok || typeof json.value !== 'object' || json.value === null || !('error' in json.value))
    return undefined
  return typeof json.value.error === 'string' ? json.value.error.slice(0, 1_024) : undefined
}

const silent = (message: string): Probe => ({ kind: 'silent', message })
