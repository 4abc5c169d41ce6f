import type { Cursor } from '../history/recorderStore'

/** Where a server's parts are, from the one address a person gives. */
export interface Addresses {
  /** False for a `ws:` address: the stream itself was named, so nothing is probed. */
  readonly probed: boolean
  /** Base of the HTTP routes, without a slash at its end; may be relative to the page. */
  readonly base: string
  stream(cursor: Cursor | undefined, intervalMs: number | undefined): string
  /** A stock ComfyUI's own socket. */
  stock(clientId: string): string
}

/**
 * `url` is a server's base (`http://host:8188`, `/api/comfyui`) or, with `ws:`/`wss:`, the stream. `pageUrl` resolves a
 * relative base; a worker's own address may be a blob, so its page's is handed in. Throws a TypeError for what is no address.
 */
export function addressesOf(url: string, pageUrl: string | undefined): Addresses {
  if (/^wss?:/i.test(url)) {
    const stream = urlOf(url)
    const base = new URL(stream)
    base.protocol = stream.protocol === 'wss:' ? 'https:' : 'http:'
    base.search = ''
    base.pathname = stream.pathname.replace(/\/telemetry\/?$/, '')
    return addressesAt(trim(base.href), stream, false)
  }
  const base = urlOf(url, pageUrl)
  const stream = new URL(`${trim(base.href)}/telemetry`)
  stream.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:'
  return addressesAt(trim(base.href), stream, true)
}

function urlOf(text: string, base?: string): URL {
  if (URL.canParse(text, base)) return new URL(text, base)
  throw new TypeError(`“${text}” is no address of a server. Give one such as http://127.0.0.1:8188.`)
}

function addressesAt(base: string, stream: URL, probed: boolean): Addresses {
  return {
    probed,
    base,
    stream: (cursor, ms) => withQuery(stream, cursor, ms),
    stock(clientId) {
      const socket = new URL(`${base}/ws`)
      socket.protocol = stream.protocol
      socket.searchParams.set('clientId', clientId)
      return socket.href
    },
  }
}

const trim = (address: string): string => address.replace(/\/+$/, '')

function withQuery(stream: URL, cursor: Cursor | undefined, intervalMs: number | undefined): string {
  const url = new URL(stream)
  if (cursor) {
    url.searchParams.set('epoch', cursor.epoch)
    url.searchParams.set('since', String(cursor.seq))
  }
  if (intervalMs !== undefined) url.searchParams.set('intervalMs', String(intervalMs))
  return url.href
}
