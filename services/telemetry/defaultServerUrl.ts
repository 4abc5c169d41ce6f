/** Where a host's dev server proxies ComfyUI. */
const HOST_PROXY = '/api/comfyui'
const NODE_PAGE = /\/telemetry\/ui(\/[^/]*)?$/

/**
 * The server to talk to when none is named: the one that serves this page, two levels above `/telemetry/ui/` (path prefixes of
 * a reverse proxy included), else the host's proxy.
 */
export function defaultServerUrl(page: Pick<Location, 'origin' | 'pathname'> | undefined): string {
  if (!page || !NODE_PAGE.test(page.pathname)) return HOST_PROXY
  return page.origin + page.pathname.replace(NODE_PAGE, '')
}
