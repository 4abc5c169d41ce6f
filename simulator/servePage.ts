import { createReadStream, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/**
 * Serves the built dashboard under `/telemetry/ui/`, and redirects `/telemetry` there, relative so that path prefixes survive.
 * False when the path is none of its own.
 */
export function servePage(path: string, folder: string | undefined, response: ServerResponse): boolean {
  if (path === '/telemetry') {
    response.writeHead(302, { location: 'telemetry/ui/' }).end()
    return true
  }
  if (folder === undefined || !path.startsWith('/telemetry/ui/')) return false
  const name = normalize(path.slice('/telemetry/ui/'.length) || 'index.html')
  const file = join(folder, name)
  if (!file.startsWith(folder + sep) || !isFile(file)) return false
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
  createReadStream(file).pipe(response)
  return true
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
