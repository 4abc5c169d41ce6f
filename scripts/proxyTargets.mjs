/** @typedef {{ id: string, url: string, name: string, auth: string | undefined }} ProxyTarget */

/**
 * The servers to proxy, from the addresses they were given by; one that is given twice once. `auth` is `user:password` for Basic
 * authentication: of COMFYUI_AUTH_<ID> (the id in capitals, `_` for `-`; empty: none), else of COMFYUI_AUTH. Throws an Error whose
 * message a person can act on, and which never repeats a password.
 *
 * @param {readonly string[]} addresses
 * @param {NodeJS.ProcessEnv} env
 * @returns {ProxyTarget[]}
 */
export function proxyTargets(addresses, env) {
  const urls = [...new Set(addresses.map(readAddress))]
  /** @type {Set<string>} */
  const taken = new Set()
  return urls.map((url) => {
    const { host, pathname } = new URL(url)
    const id = free(slugOf(url), taken)
    taken.add(id)
    return { id, url, name: host + pathname.replace(/\/+$/, ''), auth: authOf(id, env) }
  })
}

/** A base without a slash at its end. @param {string} address */
export function readAddress(address) {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url && (url.username || url.password))
    throw new Error(
      'A user name and password never belong in an address. Give the address without them and start with COMFYUI_AUTH=user:password.',
    )
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new Error(`"${address}" is no address of a ComfyUI. It looks like http://gpu-box:8188.`)
  return url.href.replace(/\/+$/, '')
}

/** Stable and fit for a path: `gpu-box-8188`. @param {string} url */
function slugOf(url) {
  const { hostname, port, pathname } = new URL(url)
  const slug = `${hostname}-${port}-${pathname}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return slug.replace(/^-+|-+$/g, '').slice(0, 64)
}

/** @param {string} slug @param {ReadonlySet<string>} taken */
function free(slug, taken) {
  let id = slug
  for (let n = 2; taken.has(id); n += 1) id = `${slug}-${n}`
  return id
}

/** @param {string} id @param {NodeJS.ProcessEnv} env */
function authOf(id, env) {
  const name = `COMFYUI_AUTH_${id.toUpperCase().replaceAll('-', '_')}`
  const own = env[name]
  const auth = own ?? env.COMFYUI_AUTH
  if (!auth) return undefined
  if (!auth.includes(':'))
    throw new Error(`${own === undefined ? 'COMFYUI_AUTH' : name} is to be user:password.`)
  return auth
}
