import { useCallback } from 'react'
import { count as counted } from '../format/formatCount'
import { THIN } from '../format/thin'
import { UNDO, type Toasts } from '../toasts/createToasts'
import type { Retagging } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useToasts } from './useToasts'

/** What is done with picked runs; each says what it did and can be undone. Resolves when it is done, failed or not. */
export interface RunActions {
  /** `onUndone` once they are back. */
  remove(runIds: readonly string[], onUndone?: () => void): Promise<void>
  tag(runIds: readonly string[], change: TagChange): Promise<void>
}
export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** So many runs are written at once: progress is told in between. */
const AT_ONCE = 1_000

export function useRunActions(): RunActions {
  const { history } = useTelemetry()
  const toasts = useToasts()
  const remove = useCallback(
    (runIds: readonly string[], onUndone?: () => void) =>
      act(toasts, runIds, WORDS.remove, history.deleteRuns, async (tokens) => {
        const count = await restoreAll(tokens, history.restore)
        onUndone?.()
        return count
      }),
    [history, toasts],
  )
  const tag = useCallback(
    (runIds: readonly string[], change: TagChange) =>
      act(
        toasts,
        runIds,
        WORDS.tag,
        (part) => history.tagRuns(part, change),
        (tokens) => restoreAll(tokens, history.restore),
      ),
    [history, toasts],
  )
  return { remove, tag }
}

const WORDS = {
  remove: { doing: 'Deleting', done: 'Deleted', undone: 'Restored' },
  tag: { doing: 'Tagging', done: 'Tagged', undone: 'Took back the tags of' },
} as const

async function act(
  toasts: Toasts,
  runIds: readonly string[],
  words: (typeof WORDS)[keyof typeof WORDS],
  write: (runIds: readonly string[]) => Promise<Retagging>,
  restore: (tokens: readonly string[]) => Promise<number>,
): Promise<void> {
  const tokens: string[] = []
  const left: string[] = []
  let done = 0
  let toast: number | undefined
  const undo = (): Promise<void> => takeBack(toasts, tokens, words.undone, restore)
  try {
    for (let at = 0; at < runIds.length; at += AT_ONCE) {
      if (at > 0) {
        const share = `${Math.round((100 * at) / runIds.length)}${THIN}%`
        const text = `${words.doing} ${counted(runIds.length, 'run')}… ${share}`
        toast = toasts.show({ kind: 'busy', text }, toast)
      }
      const { token, count, refused = [] } = await write(runIds.slice(at, at + AT_ONCE))
      tokens.push(token)
      left.push(...refused)
      done += count
    }
    const text = `${words.done} ${counted(done, 'run')}.${leftWords(left)}`
    toasts.show({ kind: 'done', text, action: { label: UNDO, run: () => void undo() } }, toast)
  } catch (error) {
    const before = done === 0 ? '' : `${words.done} ${counted(done, 'run')}, then: `
    const action = done === 0 ? {} : { action: { label: UNDO, run: () => void undo() } }
    toasts.show({ kind: 'error', text: before + reasonOf(error), ...action }, toast)
  }
}

async function takeBack(
  toasts: Toasts,
  tokens: readonly string[],
  undone: string,
  restore: (tokens: readonly string[]) => Promise<number>,
): Promise<void> {
  try {
    const count = await restore(tokens)
    toasts.show({ kind: 'done', text: `${undone} ${counted(count, 'run')}.` })
  } catch (error) {
    toasts.show({ kind: 'error', text: `Not undone: ${reasonOf(error)}` })
  }
}

async function restoreAll(
  tokens: readonly string[],
  restore: (token: string) => Promise<number>,
): Promise<number> {
  let count = 0
  for (const token of tokens) count += await restore(token)
  return count
}

/** The first that was left as it was, by its name, and how many more. */
function leftWords([first, ...more]: readonly string[]): string {
  if (first === undefined) return ''
  return ` ${first}${more.length === 0 ? '' : ` So would ${counted(more.length, 'run')} more.`}`
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'The history could not be written. Try again.'
