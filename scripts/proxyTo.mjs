/** Why a https server is not trusted, by Node's error codes. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/

/**
 * Vite's proxy to one ComfyUI, below `prefix`: Host and Origin rewritten, a path prefix of the target kept, Basic authentication
 * added, which the page never sees, and the browser's cookies left out. A certificate this machine does not trust is refused.
 *
 * @param {string} prefix
 * @param {import('./proxyTargets.mjs').ProxyTarget} target
 * @param {(line: string) => void} say told once, for whoever started the dashboard
 * @returns {import('vite').ProxyOptions}
 */
export function proxyTo(prefix, { url, auth }, say) {
  const { origin } = new URL(url)
  const authorization = auth === undefined ? undefined : `Basic ${Buffer.from(auth).toString('base64')}`
  let isTold = false
  /** @param {import('node:http').ClientRequest} request */
  const rewrite = (request) => {
    if (request.getHeader('origin') !== undefined) request.setHeader('origin', origin)
    // Cookies know no ports: these are of everything that runs on this machine, and none of them is that server's.
    request.removeHeader('cookie')
    if (authorization === undefined) request.removeHeader('authorization')
    else request.setHeader('authorization', authorization)
  }
  return {
    target: url,
    ws: true,
    changeOrigin: true,
    rewriteWsOrigin: true,
    rewrite: (path) => path.slice(prefix.length),
    configure(proxy) {
      proxy.on('proxyReq', rewrite)
      proxy.on('proxyReqWs', rewrite)
      proxy.on('proxyRes', (answer) => {
        // The browser would ask for a password here, and send it to this dashboard.
        delete answer.headers['www-authenticate']
        // What that server sends is opened under this origin, files of anybody's making too: none of it may run here.
        answer.headers['content-security-policy'] = 'sandbox'
      })
      // Vite prints every one; the page says it in words.
      proxy.on('error', (error, _request, answer) => {
        const untrusted = untrustedWords(error, url)
        if (!isTold && untrusted !== undefined) say(untrusted)
        isTold ||= untrusted !== undefined
        if (!('writeHead' in answer) || answer.headersSent) return
        answer.writeHead(502, { 'content-type': 'application/json' })
        answer.end(JSON.stringify({ error: untrusted ?? deadWords(url) }))
      })
    },
  }
}

/** @param {Error} error @param {string} url */
function untrustedWords(error, url) {
  if (!UNTRUSTED.test('code' in error ? String(error.code) : '')) return undefined
  return `${url} shows a certificate that this machine does not trust, so it is not used. Start with NODE_EXTRA_CA_CERTS=file.pem, the certificate of its issuer, or its own.`
}

/** @param {string} url */
const deadWords = (url) =>
  `No answer from ${url}: the server is off, or this machine does not reach it. Start it, if it is off. It is tried again by itself.`
