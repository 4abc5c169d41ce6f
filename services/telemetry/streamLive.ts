import type { LiveState, ReadableStore } from '../../types'
import { EMPTY_LIVE_STATE, type LivePatch } from './livePatch'
import { patchOf } from './patchOf'

/** Sends the page what changed; while it has not taken in the last patch, changes gather for the next. Returns its undo. */
export function streamLive(
  live: ReadableStore<LiveState>,
  take: (patch: LivePatch) => Promise<void> | void,
): () => void {
  let sent: LiveState = EMPTY_LIVE_STATE
  let busy = false
  let due = false
  let stopped = false
  const send = async (): Promise<void> => {
    due = true
    if (busy) return
    busy = true
    try {
      while (due && !stopped) {
        due = false
        const next = live.getSnapshot()
        if (next === sent) continue
        const patch = patchOf(sent, next)
        sent = next
        await take(patch)
      }
    } finally {
      busy = false
    }
  }
  const unsubscribe = live.subscribe(() => void send())
  void send()
  return () => {
    stopped = true
    unsubscribe()
  }
}
