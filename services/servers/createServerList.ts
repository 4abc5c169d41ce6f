import type { OpenedHistory } from '../runHistoryService'
import type { ProxiedServer, StoredServer } from '../wire/serverList'
import { loadPart } from '../shared/loadPart'
import type * as serverEdits from './serverEdits'
import { serverNameOf } from './serverAddress'
import { targetsOf, type ServerTarget } from './serverTargets'

/** Which servers there are, as all tabs and the next reload have it. */
export interface ServerList {
  /** In the order in which they are shown; the same reference until something changed. */
  targets(): readonly ServerTarget[]
  add(
    server: { readonly id: string; readonly base: string; readonly source?: string },
    name: string,
  ): Promise<void>
  /** `source`: the server's, whose saved runs get the new name too. */
  rename(id: string, name: string, source: string | undefined): Promise<void>
  /** Rejects for one that was given by how the page is served. */
  remove(id: string): Promise<void>
  reorder(ids: readonly string[]): Promise<void>
  dispose(): void
}
export interface ServerListWorld {
  readonly opened: Promise<OpenedHistory>
  readonly fetch: typeof fetch
  readonly onChange: () => void
}

/** Where a dev server proxies the first server. */
const PROXY_PATH = '/api/comfyui'

/** Begins with the first server alone; the history and the proxy tell of the others. Whoever made it disposes of it. */
export function createServerList(
  first: Pick<ServerTarget, 'id' | 'base'>,
  { opened, fetch: fetcher, onChange }: ServerListWorld,
): ServerList {
  const controller = new AbortController()
  const { signal } = controller
  let proxied: readonly ProxiedServer[] = []
  let stored: readonly StoredServer[] = []
  let targets = targetsOf(first, proxied, stored)
  let unwatch = (): void => undefined

  const take = (next: readonly StoredServer[]): void => {
    stored = next
    if (signal.aborted) return
    targets = targetsOf(first, proxied, stored)
    onChange()
  }
  type Edit = (
    edits: typeof serverEdits,
    known: readonly ServerTarget[],
    before: readonly StoredServer[],
  ) => readonly StoredServer[]
  /** Another tab may have changed the list: it is edited as it stands in the transaction. */
  const change = async (edit: Edit, label?: { source: string; label: string }): Promise<void> => {
    const edits = await loadPart(() => import('./serverEdits'))
    const { servers } = await opened
    take(await servers.change((before) => edit(edits, targetsOf(first, proxied, before), before), label))
  }

  const watch = async (): Promise<void> => {
    const { history, servers } = await opened
    if (signal.aborted) return
    const read = async (): Promise<void> => {
      const next = await servers.read()
      if (JSON.stringify(next) !== JSON.stringify(stored)) take(next)
    }
    // A list that can't be read just now stays as it is known.
    unwatch = history.subscribe(() => void read().catch(() => undefined))
    await read()
  }
  watch().catch(() => undefined)
  const askProxy = async (): Promise<void> => {
    const { fetchProxied } = await import('./fetchProxied')
    proxied = await fetchProxied(first.base, fetcher, signal)
    if (proxied.length > 0) take(stored)
  }
  // Only then something proxies; where its code can't be had, neither can its list.
  if (new URL(first.base).pathname === PROXY_PATH) askProxy().catch(() => undefined)

  return {
    targets: () => targets,
    add: ({ base, ...server }, name) =>
      change(({ storedOf, withName }, known, before) =>
        withName([...storedOf(known, before), { ...server, url: base }], server.id, name),
      ),
    rename(id, name, source) {
      const base = targets.find((target) => target.id === id)?.base
      const label = name.trim() || (base === undefined ? id : serverNameOf(base))
      return change(
        ({ storedOf, withName }, known, before) => withName(storedOf(known, before), id, name),
        source === undefined ? undefined : { source, label },
      )
    },
    async remove(id) {
      const target = targets.find((known) => known.id === id)
      if (target?.fixed)
        throw new Error(`${target.name} is given by how this page is served; it cannot be removed here.`)
      await change(({ storedOf }, known, before) =>
        storedOf(known, before).filter((server) => server.id !== id),
      )
    },
    reorder: (ids) =>
      change(({ reordered, storedOf }, known, before) => storedOf(reordered(known, ids), before)),
    dispose() {
      controller.abort()
      unwatch()
    },
  }
}
