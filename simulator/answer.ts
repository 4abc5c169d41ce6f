import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Request {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
}
export interface Answer {
  readonly status: number
  readonly json: unknown
}
/** Answers one route; looked up by `METHOD /path`. */
export type Route = (request: Request) => Answer

const MAX_BODY = 4 * 2 ** 20

/** Reads a request to its end; a body that is no JSON object counts as an empty one. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const url = new URL(message.url ?? '/', 'http://localhost')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size <= MAX_BODY) chunks.push(chunk)
  }
  return { path: url.pathname, query: url.searchParams, body: readObject(Buffer.concat(chunks).toString()) }
}

export function send(response: ServerResponse, { status, json }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(json))
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
