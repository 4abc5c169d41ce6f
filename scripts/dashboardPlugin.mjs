import { PROXY_PATH, redirectOf, refusalOf } from './proxyDefence.mjs'

/** Tells one dashboard from whatever else may listen on its port. */
export const IDENTITY_PATH = '/__gemdirect1-telemetry'

/**
 * The dev server as a dashboard: the proxy to one ComfyUI, its defence, the redirect to localhost, and the route that says who it
 * is.
 *
 * @param {{ comfyui: string, simulated: boolean }} target
 * @returns {import('vite').Plugin}
 */
export function dashboardPlugin(target) {
  const check = (/** @type {import('node:http').IncomingMessage} */ request) =>
    refusalOf({
      path: pathOf(request.url),
      host: request.headers.host,
      origin: request.headers.origin,
      site: String(request.headers['sec-fetch-site'] ?? 'none'),
    })
  return {
    name: 'gemdirect1-dashboard',
    config: () => ({ server: { proxy: { [`^${PROXY_PATH}/`]: proxyTo(target.comfyui) } } }),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const refusal = check(request)
        if (refusal !== undefined) {
          response
            .writeHead(403, { 'content-type': 'application/json' })
            .end(JSON.stringify({ error: refusal }))
          return
        }
        if (pathOf(request.url) === IDENTITY_PATH) {
          response.writeHead(200, { 'content-type': 'application/json' })
          response.end(JSON.stringify({ app: 'gemdirect1-telemetry', ...target }))
          return
        }
        const elsewhere = redirectOf(request.headers.host, request.url ?? '/')
        if (elsewhere === undefined) next()
        else response.writeHead(307, { location: elsewhere }).end()
      })
      // First, so that it refuses before the proxy's own listener accepts.
      server.httpServer?.prependListener('upgrade', (request, socket) => {
        if (check(request) !== undefined) socket.destroy()
      })
    },
  }
}

/** @param {string} comfyui @returns {import('vite').ProxyOptions} */
function proxyTo(comfyui) {
  const { origin } = new URL(comfyui)
  return {
    target: comfyui,
    ws: true,
    changeOrigin: true,
    rewriteWsOrigin: true,
    rewrite: (path) => path.slice(PROXY_PATH.length),
    configure(proxy) {
      proxy.on('proxyReq', (request) => {
        if (request.getHeader('origin') !== undefined) request.setHeader('origin', origin)
      })
      // What that server sends is opened under this origin, files of anybody's making too: none of it may run here.
      proxy.on('proxyRes', (answer) => {
        answer.headers['content-security-policy'] = 'sandbox'
      })
      // Vite prints every one; the page says it in words.
      proxy.on('error', (_error, _request, answer) => {
        if ('writeHead' in answer && !answer.headersSent) answer.writeHead(502).end()
      })
    },
  }
}

/** As it came, not normalised. @param {string | undefined} url */
const pathOf = (url) => (url ?? '/').split(/[?#]/, 1)[0] ?? '/'
