import { parseJson, parseWith } from '../wire/parse'
import { proxiedServersSchema, type ProxiedServer } from '../wire/serverList'

/** Which servers the dashboard's own dev server proxies: `scripts/dashboardPlugin.mjs`. */
const ROUTE = '/__gemdirect1-telemetry/servers'
const ANSWER_MS = 5_000

/**
 * The servers that the page's own server proxies, their addresses absolute; none where the page's server is another's. To be asked
 * only when ComfyUI itself is reached by a proxy. Never rejects.
 */
export async function fetchProxied(
  homeBase: string,
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<readonly ProxiedServer[]> {
  const { origin } = new URL(homeBase)
  try {
    const timed = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
    const response = await fetcher(origin + ROUTE, { signal: timed, cache: 'no-store' })
    const json = response.ok ? parseJson(await response.text()) : undefined
    const list = json?.ok ? parseWith(proxiedServersSchema, json.value) : undefined
    if (!list?.ok) return []
    return list.value.servers.flatMap((server) =>
      URL.canParse(server.url, origin) ? [{ ...server, url: new URL(server.url, origin).href }] : [],
    )
  } catch {
    return []
  }
}
