import type { RunHistory } from '../../types'
import { count as counted } from '../format/formatCount'
import { reasonOf } from '../format/reasonOf'
import { THIN } from '../format/thin'
import type { Toasts } from '../toasts/createToasts'

/** What was done to how many runs, and what is said of taking it back. */
export interface Undoable {
  readonly tokens: readonly string[]
  readonly runs: number
  readonly words: { readonly undoing: string; readonly undone: string }
}

const NOTHING = 'There was nothing left to take back.'
/** So many runs are written at once: progress is told in between. */
export const AT_ONCE = 1_000

/** Takes it back, says how far that is and what came back, and answers whether it was done. */
export async function takeBack(
  history: Pick<RunHistory, 'restore'>,
  toasts: Pick<Toasts, 'show'>,
  { tokens, runs, words }: Undoable,
): Promise<boolean> {
  let toast: number | undefined
  let done = 0
  try {
    for (const token of tokens) {
      let back: number
      do {
        if (runs > AT_ONCE) toast = toasts.show(busy(words.undoing, done, runs), toast)
        back = await history.restore(token, { limit: AT_ONCE })
        done += back
      } while (back >= AT_ONCE)
    }
    const text = done === 0 ? NOTHING : `${words.undone} ${counted(done, 'run')}.`
    toasts.show({ kind: 'done', text }, toast)
    return true
  } catch (error) {
    const before = done === 0 ? 'Not undone' : `${words.undone} ${counted(done, 'run')}, then`
    const text = `${before}: ${reasonOf(error, 'The history could not be written. Try again.')}`
    toasts.show({ kind: 'error', text }, toast)
    return false
  }
}

/** How much of long work on runs is done. */
export function busy(
  doing: string,
  done: number,
  runs: number,
): { readonly kind: 'busy'; readonly text: string } {
  const share = `${Math.min(100, Math.round((100 * done) / runs))}${THIN}%`
  return { kind: 'busy', text: `${doing} ${counted(runs, 'run')}… ${share}` }
}
