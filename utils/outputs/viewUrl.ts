import { addressesOf } from '../../services/realtime/addresses'
import type { OutputFile } from '../../types'

/** Light enough for a strip of pictures; ComfyUI makes it from the file when asked. */
const PREVIEW = 'webp;50'

/**
 * Where a server has an output file (ComfyUI's `GET /view`), whole or as a preview; `server` is its base as given or found, resolved
 * against `page`. Undefined for a server that is not reached by http. Whatever the names hold, they stay values of the query.
 */
export function viewUrl(
  server: string,
  page: string,
  { filename, subfolder, type }: Pick<OutputFile, 'filename' | 'subfolder' | 'type'>,
  as: 'file' | 'preview' = 'file',
): string | undefined {
  const base = baseOf(server, page)
  if (base === undefined || !/^https?:/.test(base.protocol)) return undefined
  const query = new URLSearchParams({ filename, subfolder, type })
  if (as === 'preview') query.set('preview', PREVIEW)
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}/view?${query}`
}

function baseOf(server: string, page: string): URL | undefined {
  try {
    return new URL(addressesOf(server, page).base)
  } catch {
    return undefined // what is no address has no files
  }
}
