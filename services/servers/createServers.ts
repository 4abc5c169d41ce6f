import type { ReadableStore, RecordingState, Result } from '../../types'
import { createStore } from '../shared/createStore'
import { loadPart } from '../shared/loadPart'
import { createServer, type Server, type ServerOptions, type ServerWorld } from './createServer'
import { createServerList } from './createServerList'
import type { ServerTarget } from './serverTargets'
import { twinOf } from './twinOf'

/** A line of the list as it crosses a thread. */
export interface ListedServer {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly fixed: boolean
  readonly source?: string
  readonly recording: RecordingState
}
/** All servers of one telemetry, each live. */
export interface RunningServers {
  /** The one the page was opened for; always there. */
  readonly home: Server
  readonly list: ReadableStore<readonly ListedServer[]>
  get(id: string): Server | undefined
  /** Visits every server there is and each that comes; what the visit returns is called when that one goes. */
  each(visit: (server: Server) => () => void): () => void
  /** Answers with its line of the list, or why it was not added, in a sentence. */
  add(server: { readonly url: string; readonly name?: string }): Promise<Result<ListedServer, string>>
  /** An empty name is the address again. */
  rename(id: string, name: string): Promise<void>
  /** Its stream and its recorder end; what was saved of it stays. Rejects for one that was given by how the page is served. */
  remove(id: string): Promise<void>
  reorder(ids: readonly string[]): Promise<void>
  dispose(): Promise<void>
}
export interface ServersWorld extends Omit<ServerWorld, 'refuses' | 'nameOf'> {
  /** Of the page, for the words of a refusal. */
  readonly origin: string
  /** Why simulated and real runs would meet in one history; undefined when they would not. */
  readonly refusesKind: (server: Server, isHome: boolean) => string | undefined
}
interface Running {
  readonly server: Server
  readonly leave: Set<() => void>
  /** Who it was last known to be: another answer may let it be saved, or not. */
  identity: string
}
type Visit = (entry: Running) => void

/** Starts the first server at once, the others when the history and the proxy told of them. Whoever made it disposes of it. */
export function createServers(first: ServerOptions, world: ServersWorld): RunningServers {
  const controller = new AbortController()
  const running = new Map<string, Running>()
  const visits = new Set<Visit>()
  const leaving: Promise<void>[] = []
  const lines = createStore<readonly ListedServer[]>([])

  const lineOf = (id: string): ListedServer | undefined => lines.getSnapshot().find((line) => line.id === id)
  const nameOf = (id: string): string => list.targets().find((target) => target.id === id)?.name ?? id
  const twin = (id: string): Server | undefined =>
    twinOf(
      id,
      [...running.values()].map(({ server }) => server),
    )

  const start = (options: ServerOptions): Server => {
    const server = createServer(options, {
      ...world,
      nameOf,
      refuses: (id) => {
        const other = twin(id)
        if (other) return { status: 'elsewhere', reason: twinWords(nameOf(other.id)) }
        const reason = world.refusesKind(server, id === first.id)
        return reason === undefined ? undefined : { status: 'paused', reason }
      },
    })
    const entry: Running = { server, leave: new Set(), identity: '' }
    running.set(options.id, entry)
    entry.leave.add(server.realtime.subscribe(review))
    entry.leave.add(server.recording.subscribe(show))
    for (const visit of visits) visit(entry)
    return server
  }

  const stop = (entry: Running): void => {
    running.delete(entry.server.id)
    for (const leave of entry.leave) leave()
    leaving.push(entry.server.dispose())
  }

  /** A hello tells who a server is: whether its runs may be saved is asked again. */
  const review = (): void => {
    let isNews = false
    for (const entry of running.values()) {
      const { server } = entry.server.realtime.getSnapshot()
      const identity = server ? `${server.source} ${server.simulated} ${twin(entry.server.id)?.id}` : ''
      if (identity === entry.identity) continue
      entry.identity = identity
      entry.server.reconsider()
      isNews = true
    }
    if (isNews) show()
  }

  const show = (): void => {
    const next = list.targets().map((target) => lineFor(target, running.get(target.id)?.server))
    if (JSON.stringify(next) !== JSON.stringify(lines.getSnapshot())) lines.set(next)
  }

  const follow = (): void => {
    const wanted = new Set(list.targets().map(({ id }) => id))
    for (const [id, entry] of running) if (!wanted.has(id)) stop(entry)
    for (const { id, base } of list.targets()) if (!running.has(id)) start({ id, base, url: base })
    review()
    show()
  }

  const list = createServerList(first, { opened: world.opened, fetch: world.fetch, onChange: follow })
  const home = start(first)
  show()

  return {
    home,
    list: lines,
    get: (id) => running.get(id)?.server,
    each: (visit) => joinEach(running, visits, visit),
    async add({ url, name }) {
      await world.opened
      show()
      const known = lines.getSnapshot().map((line) => ({ ...line, base: line.url }))
      const { checkNewServer } = await loadPart(() => import('./checkNewServer'))
      const checked = await checkNewServer(url, known, { ...world, signal: controller.signal })
      if (!checked.ok) return checked
      await list.add(checked.value, name ?? '')
      const line = lineOf(checked.value.id)
      return line ? { ok: true, value: line } : { ok: false, error: 'It was removed again meanwhile.' }
    },
    rename: (id, name) => list.rename(id, name, lineOf(id)?.source),
    remove: list.remove,
    reorder: list.reorder,
    async dispose() {
      controller.abort()
      list.dispose()
      for (const entry of [...running.values()]) stop(entry)
      await Promise.all(leaving)
    },
  }
}

const twinWords = (name: string): string =>
  `This is the server that is listed as ${name}, by another address. Its runs are saved once, by that entry.`

function lineFor({ id, name, base, fixed, source }: ServerTarget, server: Server | undefined): ListedServer {
  const heard = server?.realtime.getSnapshot().server?.source ?? source
  return {
    id,
    name,
    url: base,
    fixed,
    recording: server?.recording.getSnapshot() ?? { status: 'starting' },
    ...(heard === undefined ? {} : { source: heard }),
  }
}

function joinEach(
  running: ReadonlyMap<string, Running>,
  visits: Set<Visit>,
  visit: (server: Server) => () => void,
): () => void {
  const undos = new Set<() => void>()
  const join: Visit = (entry) => {
    const leave = visit(entry.server)
    const undo = (): void => {
      undos.delete(undo)
      entry.leave.delete(undo)
      leave()
    }
    undos.add(undo)
    entry.leave.add(undo)
  }
  visits.add(join)
  for (const entry of running.values()) join(entry)
  return () => {
    visits.delete(join)
    for (const undo of [...undos]) undo()
  }
}
