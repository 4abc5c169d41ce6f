import { isIP } from 'node:net'

/** Where the dashboard's page reaches the first ComfyUI, and below which it reaches each by its id. */
export const PROXY_PATH = '/api/comfyui'
export const SERVERS_PATH = '/servers'

const ID = '[\\w-]{1,128}'
/** A class name may hold what a path may not; what could be read as another path it may not: `.`, `..`, `/`, `\`, `%`, NUL. */
const CLASS = "(?!\\.{1,2}$)(?:[\\w.+(),:@!~*'&=;$-]|%(?!2[ef5]|5c|00)[0-9a-f]{2}){1,256}"

/** What the page asks of ComfyUI; nothing else is forwarded. */
const FORWARDED = {
  GET: [
    /^\/telemetry(\/(info|events|trace))?$/,
    /^\/(system_stats|queue|history|prompt|view)$/,
    new RegExp(`^/history/${ID}$`),
    new RegExp(`^/object_info/${CLASS}$`, 'i'),
    /^\/simulator\/scenarios$/,
  ],
  POST: [/^\/telemetry\/(outcome|run)$/, /^\/(prompt|queue|interrupt|free)$/, /^\/simulator\/scenario$/],
  UPGRADE: [/^\/(telemetry|ws)$/],
}

/**
 * Rewriting Host and Origin, as a proxy to ComfyUI must, switches off ComfyUI's only defence against other web sites. This is that
 * defence, taken over: why a request may not pass, or undefined when it may.
 *
 * @param {{ path: string, method: string, host: string | undefined, origin: string | undefined, site: string | undefined, ids: readonly string[] }} request
 *   `path` as it came, without query; `method` UPGRADE for what opens a socket; `site` is Sec-Fetch-Site; `ids` of the servers that
 *   are proxied.
 * @returns {string | undefined}
 */
export function refusalOf({ path, method, host, origin, site, ids }) {
  if (!isOwnHost(host))
    return 'This dashboard answers to localhost and to addresses only: open it as http://localhost.'
  // Whatever begins so is judged, on the path as it came: a proxy and a parser may read the same path differently.
  if (!isProxied(path)) return undefined
  if (origin !== undefined && origin !== `http://${host}`)
    return 'Pages from elsewhere may not talk to ComfyUI through this dashboard.'
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'Pages from elsewhere may not talk to ComfyUI through this dashboard.'
  const asked = askedOf(path, ids)
  if (asked === undefined || !isForwarded(method, asked))
    return 'This dashboard forwards only what it uses itself.'
  return undefined
}

const isProxied = (/** @type {string} */ path) => path.startsWith(PROXY_PATH) || path.startsWith(SERVERS_PATH)

/** The path as ComfyUI would be asked for it; undefined for no server that is proxied. @param {string} path @param {readonly string[]} ids */
function askedOf(path, ids) {
  const prefix = [PROXY_PATH, ...ids.map((id) => `${SERVERS_PATH}/${id}`)].find((each) =>
    path.startsWith(`${each}/`),
  )
  return prefix === undefined ? undefined : path.slice(prefix.length)
}

/** @param {string} method @param {string} asked */
function isForwarded(method, asked) {
  const routes = method === 'GET' || method === 'POST' || method === 'UPGRADE' ? FORWARDED[method] : []
  return routes.some((route) => route.test(asked))
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
  return port && !isProxied(url) && !url.startsWith('/__')
    ? `http://localhost${port[1] ?? ''}${url}`
    : undefined
}
