import type { Connection, RealtimeTelemetryUpdate } from '../../types'
import { markOf, type SceneMark } from '../format/describeOutcome'
import { count } from '../format/formatCount'

/** Merges what happened into sentences for a screen reader. */
export interface Announcer {
  scenes(updates: readonly RealtimeTelemetryUpdate[]): void
  connection(connection: Connection): void
  dispose(): void
}

/** One sentence in so long a time; a connection is announced lost when it stays so. */
const QUIET_MS = 5_000
const LOST_MS = 2_000
/** What a first contact replays is no news. */
const RECENT_MS = 60_000

const ENDS: readonly SceneMark[] = ['completed', 'failed', 'timeout', 'skipped']

/**
 * `say` gets at most one sentence in 5 s, none while the page is hidden: what is true then is said when it is seen again. Progress, ages
 * and figures are never announced. Whoever made it disposes of it.
 */
export function createAnnouncer(say: (sentence: string) => void): Announcer {
  const page = globalThis.document
  const ended = new Map<SceneMark, number>()
  let lastAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  let lossTimer: ReturnType<typeof setTimeout> | undefined
  let isLost = false
  let isSaidLost = false

  const speak = (): void => {
    timer = undefined
    if (page?.visibilityState === 'hidden') return
    const scenes = ENDS.flatMap((mark, i) => {
      const scenes = ended.get(mark) ?? 0
      return scenes === 0
        ? []
        : [
            i === 0 || ended.get('completed') === undefined
              ? `${count(scenes, 'scene')} ${mark}`
              : `${scenes} ${mark}`,
          ]
    })
    const news = isLost ? 'Connection lost, reconnecting' : 'Connected again'
    const sentence = [isLost === isSaidLost ? '' : news, scenes.join(', ')].filter(Boolean).join('. ')
    ended.clear()
    isSaidLost = isLost
    if (sentence === '') return
    lastAt = Date.now()
    say(sentence)
  }
  const schedule = (): void => {
    timer ??= setTimeout(speak, Math.max(300, lastAt + QUIET_MS - Date.now()))
  }
  page?.addEventListener('visibilitychange', schedule)

  return {
    scenes(updates) {
      for (const { status, exitReason, timestamp } of updates) {
        if (Date.now() - timestamp > RECENT_MS) continue
        const mark = markOf(status, exitReason)
        if (ENDS.includes(mark)) ended.set(mark, (ended.get(mark) ?? 0) + 1)
      }
      if (ended.size > 0) schedule()
    },
    connection({ status }) {
      const isDown = status === 'reconnecting' || status === 'closed'
      if (isDown && !isLost)
        lossTimer ??= setTimeout(() => {
          lossTimer = undefined
          isLost = true
          schedule()
        }, LOST_MS)
      if (isDown || status === 'connecting' || status === 'static') return
      clearTimeout(lossTimer)
      lossTimer = undefined
      if (!isLost) return
      isLost = false
      schedule()
    },
    dispose() {
      page?.removeEventListener('visibilitychange', schedule)
      clearTimeout(timer)
      clearTimeout(lossTimer)
    },
  }
}
