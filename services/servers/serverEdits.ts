import { MAX_SERVER_NAME, type StoredServer } from '../wire/serverList'
import type { ServerTarget } from './serverTargets'

/** What to store of a list; what was stored and is not in it stays, at the end. */
export function storedOf(
  targets: readonly ServerTarget[],
  stored: readonly StoredServer[],
): readonly StoredServer[] {
  const kept = new Map(stored.map((server) => [server.id, server]))
  const listed = targets.map(({ id, base, fixed }) => ({
    ...kept.get(id),
    id,
    url: base,
    ...(fixed ? { fixed } : {}),
  }))
  const ids = new Set(targets.map(({ id }) => id))
  return [...listed, ...stored.filter(({ id }) => !ids.has(id))]
}

/** The targets in the order of those ids; ids that are none are passed over, who is not named comes after in the order before. */
export function reordered(targets: readonly ServerTarget[], ids: readonly string[]): readonly ServerTarget[] {
  const named = [...new Set(ids)].flatMap((id) => targets.find((target) => target.id === id) ?? [])
  return [...named, ...targets.filter((target) => !named.includes(target))]
}

/** The stored servers with another name for one; an empty name is that of its address again. */
export function withName(stored: readonly StoredServer[], id: string, name: string): readonly StoredServer[] {
  const given = name.trim().slice(0, MAX_SERVER_NAME)
  return stored.map((server) => {
    if (server.id !== id) return server
    const { name: _, ...rest } = server
    return given === '' ? rest : { ...rest, name: given }
  })
}
