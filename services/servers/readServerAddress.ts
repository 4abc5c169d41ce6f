import type { Result } from '../../types'

const LOOKS_LIKE = 'It looks like http://gpu-box:8188 or https://host/comfy.'
const WORDS = {
  empty: `An address is needed. ${LOOKS_LIKE}`,
  none: `That is no address. ${LOOKS_LIKE}`,
  scheme: `An address begins with http:// or https://. ${LOOKS_LIKE}`,
  credentials:
    'A user name and password never belong in an address: it is shown and kept. Reach that server through npm start with ' +
    'COMFYUI_AUTH=user:password, or open the dashboard that the server itself serves.',
} as const

/**
 * A server's HTTP base from what a person typed: absolute, without a slash at its end, a path prefix kept. A host without a scheme
 * is taken for http; a path is of this page's own origin; the address of the server's own dashboard means the server. The error is
 * a sentence: no address, credentials in it, or one that a page from here cannot reach.
 */
export function readServerAddress(typed: string, pageUrl: string | undefined): Result<string, string> {
  const given = typed.trim()
  if (given === '') return failure(WORDS.empty)
  const url = parse(given, pageUrl)
  if (!url) return failure(WORDS.none)
  if (url.username !== '' || url.password !== '') return failure(WORDS.credentials)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return failure(WORDS.scheme)
  const base = url.origin + url.pathname.replace(OWN_PAGE, '').replace(/\/+$/, '')
  const blocked = mixedContent(base, pageUrl)
  return blocked === undefined ? { ok: true, value: base } : failure(blocked)
}

/** Why a page that came by https can't reach that base: browsers block it before anything is asked. Undefined when it may. */
export function mixedContent(base: string, pageUrl: string | undefined): string | undefined {
  const isBlocked = pageUrl?.startsWith('https:') && base.startsWith('http:') && !LOOPBACK.test(base)
  if (!isBlocked) return undefined
  return (
    `This page came by https, and a browser lets no https page reach an http server such as ${base}. ` +
    'Give the server https, or open the dashboard that it serves itself.'
  )
}

/** Of the dashboard that a node serves, which people have in their address bar. */
const OWN_PAGE = /\/telemetry(\/ui)?(\/[^/]*)?$/
const LOOPBACK = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
/** `gpu-box:8188`, which URL would read as the scheme `gpu-box:`. */
const BARE_HOST = /^(\[[0-9a-f:.]+\]|[\w.-]+)(:\d+)?([/?#]|$)/i

function parse(given: string, pageUrl: string | undefined): URL | undefined {
  const isPath = given.startsWith('/')
  const absolute = SCHEME.test(given) || isPath || !BARE_HOST.test(given) ? given : `http://${given}`
  return URL.canParse(absolute, isPath ? pageUrl : undefined)
    ? new URL(absolute, isPath ? pageUrl : undefined)
    : undefined
}

const failure = (error: string): Result<string, string> => ({ ok: false, error })
