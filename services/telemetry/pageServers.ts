import type { ServerEntry, Servers } from '../../types'
import type { ListedServer } from '../servers/createServers'
import { createStore } from '../shared/createStore'
import { createPageRealtime, type LiveMirror, type PageRealtime } from './pageRealtime'
import type { PageSinks, ServicePort } from './servicePort'

/** `Servers` as the page has them: a mirror of each server's live state. */
export interface PageServers extends Servers {
  /** The id of the server that the page was opened for. */
  readonly home: string
  /** The same as long as that server is listed; undefined for one that is not. */
  realtimeOf(id: string): PageRealtime | undefined
}
interface Mirrored extends LiveMirror {
  readonly unsubscribe: () => void
}

/** `sinks` feed the mirrors; they are handed to the services once. `home` names the server that the page was opened for. */
export function createPageServers(
  port: Promise<ServicePort>,
  home: string,
): {
  readonly realtime: PageRealtime
  readonly servers: PageServers
  readonly sinks: Pick<PageSinks, 'live' | 'lifecycle' | 'servers'>
  dispose(): void
} {
  const mirrors = new Map<string, Mirrored>()
  const entries = createStore<readonly ServerEntry[]>([])
  let listed: readonly ListedServer[] = []
  let isDisposed = false

  const mirrorOf = (id: string): Mirrored => {
    const known = mirrors.get(id)
    if (known) return known
    const mirror = createPageRealtime(port, id)
    const made = { ...mirror, unsubscribe: mirror.realtime.subscribe(show) }
    mirrors.set(id, made)
    return made
  }

  const show = (): void => {
    const before = new Map(entries.getSnapshot().map((entry) => [entry.id, entry]))
    const next = listed.map((line) => entryOf(line, mirrorOf(line.id).realtime, before.get(line.id)))
    const isSame =
      next.length === before.size && next.every((entry, at) => entry === entries.getSnapshot()[at])
    if (!isSame) entries.set(next)
  }

  const drop = (id: string, mirror: Mirrored): void => {
    mirrors.delete(id)
    mirror.unsubscribe()
    mirror.realtime.dispose()
  }

  const { realtime } = mirrorOf(home)
  return {
    realtime,
    sinks: {
      live(id, patch) {
        if (!isDisposed) mirrorOf(id).take(patch)
      },
      lifecycle: (id, updates) => mirrors.get(id)?.lifecycle(updates),
      servers(list) {
        if (isDisposed) return
        listed = list
        const ids = new Set([home, ...list.map(({ id }) => id)])
        for (const [id, mirror] of mirrors) if (!ids.has(id)) drop(id, mirror)
        show()
      },
    },
    servers: {
      home,
      async add(server) {
        const added = await (await port).addServer(server)
        if (!added.ok) return added
        return { ok: true, value: entryOf(added.value, mirrorOf(added.value.id).realtime, undefined) }
      },
      rename: async (id, name) => (await port).renameServer(id, name),
      remove: async (id) => (await port).removeServer(id),
      reorder: async (ids) => (await port).reorderServers(ids),
      trace: (id) => mirrors.get(id)?.realtime.getSnapshot().trace ?? { source: id, points: [], gaps: [] },
      realtimeOf: (id) => mirrors.get(id)?.realtime,
      subscribe: entries.subscribe,
      getSnapshot: entries.getSnapshot,
    },
    dispose() {
      isDisposed = true
      for (const [id, mirror] of mirrors) drop(id, mirror)
    },
  }
}

/** The same reference as before where nothing in it changed. */
function entryOf(line: ListedServer, realtime: PageRealtime, before: ServerEntry | undefined): ServerEntry {
  const { connection, gpus, server } = realtime.getSnapshot()
  const source = server?.source ?? line.source
  const { id, name, url, fixed, recording } = line
  const entry: ServerEntry = {
    ...{ id, name, url, connection, gpus, simulated: server?.simulated ?? false, recording },
    ...(fixed ? { fixed } : {}),
    ...(source === undefined ? {} : { source }),
  }
  return before && isSame(before, entry) ? before : entry
}

function isSame(a: ServerEntry, b: ServerEntry): boolean {
  return (
    a.connection === b.connection &&
    a.gpus === b.gpus &&
    a.name === b.name &&
    a.url === b.url &&
    a.fixed === b.fixed &&
    a.source === b.source &&
    a.simulated === b.simulated &&
    a.recording === b.recording
  )
}
