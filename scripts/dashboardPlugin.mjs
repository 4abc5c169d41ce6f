import { PROXY_PATH, redirectOf, refusalOf, SERVERS_PATH } from './proxyDefence.mjs'
import { proxyTo } from './proxyTo.mjs'

/** Tells one dashboard from whatever else may listen on its port. */
export const IDENTITY_PATH = '/__gemdirect1-telemetry'
/** Which servers the page reaches through this one: services/servers/fetchProxied.ts. */
const LIST_PATH = `${IDENTITY_PATH}/servers`

/** Of no route and no proxy. */
const REFUSED_PATH = '/__refused'

/**
 * The dev server as a dashboard: the proxy to the ComfyUI servers, its defence, the redirect to localhost, and the routes that say
 * who it is and what it proxies. The first target is the one the page is opened for. `say` is told what whoever started it should
 * know.
 *
 * @param {{ targets: readonly import('./proxyTargets.mjs').ProxyTarget[], simulated: boolean, say?: (line: string) => void }} options
 * @returns {import('vite').Plugin}
 */
export function dashboardPlugin({ targets, simulated, say = () => undefined }) {
  const ids = targets.map(({ id }) => id)
  /** @param {import('node:http').IncomingMessage} request @param {string} method */
  const check = (request, method) =>
    refusalOf({
      path: pathOf(request.url),
      method,
      host: request.headers.host,
      origin: request.headers.origin,
      site: String(request.headers['sec-fetch-site'] ?? 'none'),
      ids,
    })
  return {
    name: 'gemdirect1-dashboard',
    config: () => ({ server: { proxy: proxies(targets, say) } }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const refusal = check(request, request.method ?? '')
        if (refusal !== undefined) return send(response, 403, { error: refusal })
        const path = pathOf(request.url)
        if (path === LIST_PATH) return send(response, 200, { servers: targets.map(listed) })
        if (path === IDENTITY_PATH)
          return send(response, 200, { app: 'gemdirect1-telemetry', comfyui: targets[0]?.url, simulated })
        const elsewhere = redirectOf(request.headers.host, request.url ?? '/')
        if (elsewhere === undefined) next()
        else response.writeHead(307, { location: elsewhere }).end()
      })
      // First, so that it refuses before the proxy's own listener accepts.
      server.httpServer?.prependListener('upgrade', (request, socket) => {
        if (check(request, 'UPGRADE') === undefined) return
        socket.destroy()
        // The proxy's listener is called all the same, and would open a socket to ComfyUI for nobody.
        request.url = REFUSED_PATH
      })
    },
  }
}

/**
 * @param {readonly import('./proxyTargets.mjs').ProxyTarget[]} targets
 * @param {(line: string) => void} say
 */
function proxies(targets, say) {
  const [first] = targets
  const places = targets.map((target) => ({ prefix: `${SERVERS_PATH}/${target.id}`, target }))
  const all = first ? [{ prefix: PROXY_PATH, target: first }, ...places] : []
  return Object.fromEntries(all.map(({ prefix, target }) => [`^${prefix}/`, proxyTo(prefix, target, say)]))
}

/** @param {import('./proxyTargets.mjs').ProxyTarget} target @param {number} index */
const listed = ({ id, name }, index) => ({ id, name, url: `${SERVERS_PATH}/${id}`, home: index === 0 })

/** @param {import('node:http').ServerResponse} response @param {number} status @param {object} body */
function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

/** As it came, not normalised. @param {string | undefined} url */
const pathOf = (url) => (url ?? '/').split(/[?#]/, 1)[0] ?? '/'
