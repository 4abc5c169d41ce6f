import type { StorageReport } from '../../types'
import { createHeadReader, visibleRuns } from './columnsHead'
import type { StoredRun } from './schema'
import type { Storage } from './storage'

const isThere = ({ deletion }: StoredRun): boolean => deletion === undefined

/** Where the history is kept and how many runs are there; `reason` says why it is in memory, if it is. */
export async function reportStorage(storage: Storage, reason: string | undefined): Promise<StorageReport> {
  const manager: StorageManager | undefined = globalThis.navigator?.storage
  const estimate = await manager?.estimate?.().catch(() => undefined)
  const persisted = await manager?.persisted?.().catch(() => undefined)
  const runs = await storage.read(
    ['runs', 'meta'],
    async (tx) =>
      visibleRuns(await createHeadReader()(tx)) ?? (await tx.getAll('runs')).filter(isThere).length,
  )
  return {
    mode: storage.mode,
    origin: globalThis.location?.origin ?? '',
    runs,
    persisted: persisted ?? 'unknown',
    ...(estimate?.usage === undefined ? {} : { usage: estimate.usage }),
    ...(estimate?.quota === undefined ? {} : { quota: estimate.quota }),
    ...(reason === undefined ? {} : { reason }),
  }
}
