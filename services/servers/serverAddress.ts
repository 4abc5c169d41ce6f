/** A short stable name of an address, fit for a link: `gpu-box-8188`. The same for the same address, always. */
export function serverIdOf(base: string): string {
  const { protocol, hostname, port, pathname } = new URL(base)
  const parts = [hostname, port, pathname, protocol === 'https:' && port === '' ? 'https' : '']
  const slug = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return slug.replace(/^-+|-+$/g, '') || 'server'
}

/** What a server is called until a person names it: its host, and the path where there is one. */
export function serverNameOf(base: string): string {
  const { host, pathname } = new URL(base)
  return host + pathname.replace(/\/+$/, '')
}
