import { isIP } from 'node:net'

/** Where the dashboard's page reaches ComfyUI. */
export const PROXY_PATH = '/api/comfyui'

/** What the page asks of ComfyUI, without `/api/comfyui`; nothing else is forwarded. */
const FORWARDED = [
  /^\/telemetry(\/(info|events|trace|outcome|run))?$/,
  /^\/system_stats$/,
  /^\/view$/,
  /^\/simulator\/(scenarios|scenario)$/,
]

/**
 * Rewriting Host and Origin, as a proxy to ComfyUI must, switches off ComfyUI's only defence against other web sites. This is that
 * defence, taken over: why a request may not pass, or undefined when it may.
 *
 * @param {{ path: string, host: string | undefined, origin: string | undefined, site: string | undefined }} request
 *   `path` as it came, without query; `site` is Sec-Fetch-Site.
 * @returns {string | undefined}
 */
export function refusalOf({ path, host, origin, site }) {
  if (!isOwnHost(host))
    return 'This dashboard answers to localhost and to addresses only: open it as http://localhost.'
  // Whatever begins so is judged, on the path as it came: a proxy and a parser may read the same path differently.
  if (!path.startsWith(PROXY_PATH)) return undefined
  if (origin !== undefined && origin !== `http://${host}`)
    return 'Pages from elsewhere may not talk to ComfyUI through this dashboard.'
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'Pages from elsewhere may not talk to ComfyUI through this dashboard.'
  const asked = path.slice(PROXY_PATH.length)
  if (!FORWARDED.some((route) => route.test(asked)))
    return 'This dashboard forwards only what it uses itself.'
  return undefined
}

/** localhost or an IP literal, with or without a port: a name could be pointed here by whoever owns it. */
function isOwnHost(/** @type {string | undefined} */ host) {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(:\d{1,5})?$/i.exec(host ?? '')
  if (!match?.[1]) return false
  const name = match[1].replace(/^\[|\]$/g, '')
  return name.toLowerCase() === 'localhost' || isIP(name) !== 0
}

/** Where a page that was opened by the address goes: the history belongs to http://localhost. */
export function redirectOf(/** @type {string | undefined} */ host, /** @type {string} */ url) {
  const port = /^127\.0\.0\.1(:\d+)?$/.exec(host ?? '')
  return port && !url.startsWith(PROXY_PATH) && !url.startsWith('/__')
    ? `http://localhost${port[1] ?? ''}${url}`
    : undefined
}
