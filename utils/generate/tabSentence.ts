import type { Generation } from '../../types'
import { count } from '../format/formatCount'

/** Whether the tab that queues a run may be closed, and what would stop with it. */
export function tabSentence({ needsTabFor, toQueue }: Pick<Generation, 'needsTabFor' | 'toQueue'>): string {
  if (needsTabFor.length === 0) return 'The server goes on by itself: this tab may be closed.'
  const parts = needsTabFor.map((need) => PARTS[need](toQueue))
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0]
  return needsTabFor.includes('queueing')
    ? `Keep this tab open: ${list} need it.`
    : `The server goes on if this tab is closed, but ${list} need it.`
}

const PARTS = {
  queueing: (toQueue: number) => `${count(toQueue, 'scene')} still to be queued`,
  limits: () => 'the limits on a scene’s time',
  retries: () => 'retries',
} as const
