import type { Connection } from '../../types'
import type { Lease } from '../history/createLease'
import type { WriteRuns } from '../history/createRunBooks'
import { historyError } from '../history/historyError'
import type { WatchedStream } from '../history/recorderStore'
import type { Storage } from '../history/storage'
import { endSilentRuns, SILENCE_STORES, silentRuns } from './endSilentRuns'

/** What is looked at, and where the ends go. */
export interface SilenceWorld {
  readonly storage: Pick<Storage, 'read'>
  readonly writeRuns: WriteRuns
  readonly lease: Pick<Lease, 'state' | 'isOurs'>
  /** Of the servers that this tab watches. */
  readonly streams: ReadonlySet<WatchedStream>
  readonly now: () => number
}

/** Between two looks, and before the first: by then a server that runs has answered. */
const LOOK_MS = 60_000
const HEARD: ReadonlySet<Connection['status']> = new Set(['live', 'stale', 'replaying', 'fallback'])

/**
 * Ends the runs of servers that fell silent, for as long as this tab holds the lease: a server that never answers again has no
 * recorder that would. Leaves no timer once the lease is another's or was given back.
 */
export function watchSilence({ storage, writeRuns, lease, streams, now }: SilenceWorld): void {
  const heard = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const isHeld = (): boolean => lease.state.getSnapshot() === 'held'

  const listen = (): void => {
    for (const stream of streams) {
      const { connection, server } = stream.getSnapshot()
      if (server && HEARD.has(connection.status)) heard.set(server.source, now())
    }
  }

  const look = async (): Promise<void> => {
    listen()
    const due = await storage.read(SILENCE_STORES, (tx) => silentRuns(tx, heard, now()))
    if (due.length === 0) return
    await writeRuns(SILENCE_STORES, async (writer) => {
      if (!(await lease.isOurs(writer.tx))) throw historyError('standby')
      await endSilentRuns(writer, heard, now())
    })
  }

  const schedule = (): void => {
    clearTimeout(timer)
    if (!isHeld()) return
    timer = setTimeout(() => {
      // What could not be read or written now is due at the next look still.
      void look()
        .catch(() => undefined)
        .finally(schedule)
    }, LOOK_MS)
  }

  const onLease = (): void => {
    if (isHeld()) listen()
    schedule()
  }
  lease.state.subscribe(onLease)
  onLease()
}
