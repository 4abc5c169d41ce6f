import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Request {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
}
/** Path and query of a request; undefined for what can't be read as such. */
export function parseTarget(target: string | undefined): Pick<Request, 'path' | 'query'> | undefined {
  const [path = '', query = ''] = (target ?? '/').split('?', 2)
  try {
    return { path: decodeURIComponent(path), query: new URLSearchParams(query) }
  } catch {
    return undefined
  }
}

export type Answer = { readonly status: number } & (
  { readonly json: unknown } | { readonly type: string; readonly body: string }
)
/** Answers one route; looked up by `METHOD /path`. */
export type Route = (request: Request) => Answer

const MAX_BODY = 4 * 2 ** 20

/** Reads a request to its end; a body that is no JSON object counts as an empty one. Undefined for a path that can't be
 * read; rejects when the request breaks off. */
export async function readRequest(message: IncomingMessage): Promise<Request | undefined> {
  const target = parseTarget(message.url)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size <= MAX_BODY) chunks.push(chunk)
  }
  return target && { ...target, body: readObject(Buffer.concat(chunks).toString()) }
}

export function send(response: ServerResponse, answer: Answer): void {
  const [type, body] =
    'json' in answer
      ? ['application/json; charset=utf-8', JSON.stringify(answer.json)]
      : [answer.type, answer.body]
  response.writeHead(answer.status, { 'content-type': type }).end(body)
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
