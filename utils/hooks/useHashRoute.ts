import { useSyncExternalStore } from 'react'

/** Where in the app one is: `#/run/ID?scene=x` is page `run` with argument `ID`. */
export interface HashRoute {
  readonly page: string
  readonly argument: string | undefined
  readonly query: URLSearchParams
}

const PAGES = ['live', 'history', 'run', 'compare', 'generate', 'settings'] as const

/** The page that the address names; nothing, or what can't be read, is the Live page. */
function parseRoute(hash: string): HashRoute {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const [page = '', argument] = path.split('/')
  return {
    page: PAGES.find((known) => known === page) ?? 'live',
    argument: argument ? decode(argument) : undefined,
    query: new URLSearchParams(search),
  }
}

/** Where one is; renders when the address changes. */
export function useHashRoute(): HashRoute {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return parseRoute(hash)
}

/** Goes to another address of the app without an entry of its own: for what is typed and sorted. */
export function replaceRoute(href: string): void {
  history.replaceState(history.state, '', href)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** The address of the Live page, of a server and of a run of it. */
export function liveHref({
  server,
  run,
}: {
  readonly server?: string | undefined
  readonly run?: string
}): string {
  const query = new URLSearchParams()
  if (server !== undefined) query.set('server', server)
  if (run !== undefined) query.set('run', run)
  return query.size === 0 ? '#/live' : `#/live?${query.toString()}`
}

/** The address of a run's page. */
export const runHref = (runId: string, scene?: string): string =>
  `#/run/${encodeURIComponent(runId)}${scene === undefined ? '' : `?scene=${encodeURIComponent(scene)}`}`

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a broken escape names no run, and the run page says so
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
