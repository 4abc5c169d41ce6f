import type { ProxiedServer, StoredServer } from '../wire/serverList'
import { serverNameOf } from './serverAddress'

/** One server of the list: where it is, what it is called. */
export interface ServerTarget {
  readonly id: string
  readonly base: string
  readonly name: string
  /** Given by how the page is served, not added by a person. */
  readonly fixed: boolean
  /** Its stable id, if it was ever heard. */
  readonly source?: string
}

/**
 * The list: the server the page was opened for, those of the proxy, those that were added; as they were last ordered, new ones
 * where they come in that order. A stored server that was given then and is not now stays away, its name and place kept.
 */
export function targetsOf(
  home: Pick<ServerTarget, 'id' | 'base'>,
  proxied: readonly ProxiedServer[],
  stored: readonly StoredServer[],
): readonly ServerTarget[] {
  const kept = new Map(stored.map((server) => [server.id, server]))
  const homeName = proxied.find((server) => server.home)?.name
  const given = [
    { ...home, name: homeName ?? serverNameOf(home.base), fixed: true },
    ...proxied.flatMap(({ id, name, url, home: isHome }) =>
      isHome || id === home.id ? [] : [{ id, name, base: url, fixed: true }],
    ),
  ]
  const givenIds = new Set(given.map(({ id }) => id))
  const added = stored.flatMap(({ id, url, fixed }) =>
    fixed || givenIds.has(id) ? [] : [{ id, base: url, name: serverNameOf(url), fixed: false }],
  )
  const place = new Map(stored.map(({ id }, index) => [id, index]))
  const placeOf = ({ id }: ServerTarget): number => place.get(id) ?? (id === home.id ? -1 : stored.length)
  return [...given, ...added]
    .map((target) => named(target, kept.get(target.id)))
    .sort((a, b) => placeOf(a) - placeOf(b))
}

function named(target: ServerTarget, stored: StoredServer | undefined): ServerTarget {
  return {
    ...target,
    ...(stored?.name === undefined ? {} : { name: stored.name }),
    ...(stored?.source === undefined ? {} : { source: stored.source }),
  }
}
