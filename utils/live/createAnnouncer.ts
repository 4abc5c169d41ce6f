import type { Connection, RealtimeTelemetryUpdate } from '../../types'
import { markOf, type SceneMark } from '../format/describeOutcome'
import { plural } from '../format/formatDuration'

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

/** `say` gets at most one sentence in 5 s. Progress, ages and figures are never announced. Whoever made it disposes of it. */
export function createAnnouncer(say: (sentence: string) => void): Announcer {
  const ended = new Map<SceneMark, number>()
  let news: string[] = []
  let lastAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  let lossTimer: ReturnType<typeof setTimeout> | undefined
  let isLost = false

  const speak = (): void => {
    timer = undefined
    const scenes = ENDS.flatMap((mark, i) => {
      const count = ended.get(mark) ?? 0
      return count === 0
        ? []
        : [
            i === 0 || ended.get('completed') === undefined
              ? `${plural(count, 'scene')} ${mark}`
              : `${count} ${mark}`,
          ]
    })
    const sentence = [...news, ...(scenes.length > 0 ? [scenes.join(', ')] : [])].join('. ')
    ended.clear()
    news = []
    if (sentence === '') return
    lastAt = Date.now()
    say(sentence)
  }
  const schedule = (): void => {
    timer ??= setTimeout(speak, Math.max(300, lastAt + QUIET_MS - Date.now()))
  }
  const tell = (sentence: string): void => {
    news.push(sentence)
    schedule()
  }

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
          tell('Connection lost, reconnecting')
        }, LOST_MS)
      if (isDown || status === 'connecting' || status === 'static') return
      clearTimeout(lossTimer)
      lossTimer = undefined
      if (!isLost) return
      isLost = false
      tell('Connected again')
    },
    dispose() {
      clearTimeout(timer)
      clearTimeout(lossTimer)
    },
  }
}
