import type { ComfyUIService } from '../../types'
import { count } from '../format/formatCount'
import { formatWhen } from '../format/formatTime'

type CutOff = Awaited<ReturnType<ComfyUIService['unfinished']>>[number]

/** What became of a run whose tab went away, and what nobody does for it now. What it was given the server goes on with. */
export function cutOffSentence({ runName, of, toQueue, pausedSince }: CutOff, now: number): string {
  const what = `${runName ?? 'A run'} was cut off, ${formatWhen(pausedSince, now)}: its tab was closed or reloaded.`
  if (toQueue === undefined) return what
  return toQueue === 0
    ? `${what} The server has every scene; nobody watches their limits and retries.`
    : `${what} ${toQueue} of ${count(of, 'scene')} ${toQueue === 1 ? 'is' : 'are'} still to be queued.`
}
