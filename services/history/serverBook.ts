import { parseWith } from '../wire/parse'
import { storedServersSchema, type StoredServer } from '../wire/serverList'
import type { Write } from './createWrite'
import type { Storage, StorageTransaction } from './storage'

/** The list of servers as all tabs and the next reload have it: one row of `meta`. */
export interface ServerBook {
  /** In the order in which they are shown; empty when nothing was stored, or nothing that can be read. */
  read(): Promise<readonly StoredServer[]>
  /**
   * Changes the list in one transaction, so that no tab's change is lost, and raises the revision. Answers with what is stored
   * then. `label` renames a source in the same transaction.
   */
  change(
    edit: (servers: readonly StoredServer[]) => readonly StoredServer[],
    label?: { readonly source: string; readonly label: string },
  ): Promise<readonly StoredServer[]>
  /** What the servers of the saved runs were last called, those included that are listed no more. */
  labels(): Promise<readonly SourceLabel[]>
}
/** A source by the name that people gave it, else its host. */
export interface SourceLabel {
  readonly source: string
  readonly label: string
}

/** `write` raises and announces the revision. */
export function createServerBook(storage: Storage, write: Write): ServerBook {
  return {
    read: () => storage.read(['meta'], readServers),
    change: (edit, label) =>
      write(['sources'], async (tx) => {
        const servers = edit(await readServers(tx))
        tx.put('meta', { key: 'servers', value: servers })
        const known = label && (await tx.get('sources', label.source))
        if (known) tx.put('sources', { ...known, label: label.label })
        return servers
      }),
    labels: () =>
      storage.read(['sources'], async (tx) => {
        const sources = await tx.getAll('sources')
        return sources.map(({ id, label, url }) => ({ source: id, label: label ?? hostOf(url) }))
      }),
  }
}

async function readServers(tx: StorageTransaction): Promise<readonly StoredServer[]> {
  const stored = parseWith(storedServersSchema, (await tx.get('meta', 'servers'))?.value)
  return stored.ok ? stored.value : []
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
