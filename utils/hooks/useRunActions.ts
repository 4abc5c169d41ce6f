import { useCallback } from 'react'
import { count as counted } from '../format/formatCount'
import { reasonOf } from '../format/reasonOf'
import { AT_ONCE, busy, takeBack } from '../history/takeBack'
import { RESTORING } from '../history/deletionWords'
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
/** Tags that runs get and lose. */
export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** The actions, of the history and by the messages above. */
export function useRunActions(): RunActions {
  const { history } = useTelemetry()
  const toasts = useToasts()
  const remove = useCallback(
    (runIds: readonly string[], onUndone?: () => void) =>
      act(
        toasts,
        runIds,
        WORDS.remove,
        // Of however many writes, it is one deletion.
        (part, [token]) => history.deleteRuns(part, token === undefined ? {} : { token }),
        async (tokens, runs) => {
          if (await takeBack(history, toasts, { tokens, runs, words: RESTORING })) onUndone?.()
        },
      ),
    [history, toasts],
  )
  const tag = useCallback(
    (runIds: readonly string[], change: TagChange) =>
      act(
        toasts,
        runIds,
        WORDS.tag,
        (part) => history.tagRuns(part, change),
        (tokens, runs) => takeBack(history, toasts, { tokens, runs, words: UNTAGGING }),
      ),
    [history, toasts],
  )
  return { remove, tag }
}

const WORDS = {
  remove: { doing: 'Deleting', done: 'Deleted' },
  tag: { doing: 'Tagging', done: 'Tagged' },
} as const
const UNTAGGING = { undoing: 'Taking back the tags of', undone: 'Took back the tags of' }

async function act(
  toasts: Toasts,
  runIds: readonly string[],
  words: (typeof WORDS)[keyof typeof WORDS],
  write: (runIds: readonly string[], tokens: readonly string[]) => Promise<Retagging>,
  restore: (tokens: readonly string[], runs: number) => Promise<unknown>,
): Promise<void> {
  const tokens = new Set<string>()
  const left: string[] = []
  let done = 0
  let toast: number | undefined
  const undo = (): Promise<unknown> => restore([...tokens], done)
  try {
    for (let at = 0; at < runIds.length; at += AT_ONCE) {
      if (at > 0) toast = toasts.show(busy(words.doing, at, runIds.length), toast)
      const { token, count, refused = [] } = await write(runIds.slice(at, at + AT_ONCE), [...tokens])
      tokens.add(token)
      left.push(...refused)
      done += count
    }
    const text = `${words.done} ${counted(done, 'run')}.${leftWords(left)}`
    toasts.show({ kind: 'done', text, action: { label: UNDO, run: () => void undo() } }, toast)
  } catch (error) {
    const before = done === 0 ? '' : `${words.done} ${counted(done, 'run')}, then: `
    const action = done === 0 ? {} : { action: { label: UNDO, run: () => void undo() } }
    const reason = reasonOf(error, 'The history could not be written. Try again.')
    toasts.show({ kind: 'error', text: before + reason, ...action }, toast)
  }
}

/** The first that was left as it was, by its name, and how many more. */
function leftWords([first, ...more]: readonly string[]): string {
  if (first === undefined) return ''
  return ` ${first}${more.length === 0 ? '' : ` So would ${counted(more.length, 'run')} more.`}`
}
