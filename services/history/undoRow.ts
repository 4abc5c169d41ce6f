import { isObject } from '../shared/isObject'
import type { Storage } from './storage'

/** What a change of tags did to a run: its tags before and after. */
export interface RetaggedRun {
  readonly runId: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}
/** What a change of tags did, as a row of `meta`. */
export interface UndoRow {
  readonly kind: 'tags'
  readonly at: number
  readonly runs: readonly RetaggedRun[]
}

/** What is deleted or retagged can be taken back for so long. */
export const UNDO_MS = 7 * 86_400_000
/** Whether what was done then can be taken back still. */
export const canBeUndone = (at: number, now: number): boolean => now - at <= UNDO_MS

const PREFIX = 'undo:'
/** The key in `meta` of what a token takes back. */
export const undoKey = (token: string): `undo:${string}` => `${PREFIX}${token}`

/** The stored row; undefined for what is none, and for one that can't be taken back any more. */
export function readUndo(value: unknown, now: number): UndoRow | undefined {
  return isUndo(value) && canBeUndone(value.at, now) ? value : undefined
}

/** Forgets the changes that can't be taken back any more; no page shows them. */
export const forgetUndos = (storage: Storage, now: number): Promise<void> =>
  storage.write(['meta'], async (tx) => {
    for (const { key, value } of await tx.getAll('meta'))
      if (key.startsWith(PREFIX) && !readUndo(value, now)) tx.delete('meta', key)
  })

/** The tags of a run without what the change added and with what it removed: what was changed since stays as it is. */
export function tagsBefore(tags: readonly string[], { before, after }: RetaggedRun): readonly string[] {
  const isKept = (tag: string): boolean => tags.includes(tag) || !after.includes(tag)
  const since = tags.filter((tag) => !before.includes(tag) && !after.includes(tag))
  return [...before.filter(isKept), ...since]
}

const isUndo = (value: unknown): value is UndoRow =>
  isObject(value) &&
  value.kind === 'tags' &&
  typeof value.at === 'number' &&
  Array.isArray(value.runs) &&
  value.runs.every(isRetagged)

const isRetagged = (value: unknown): value is RetaggedRun =>
  isObject(value) &&
  typeof value.runId === 'string' &&
  Array.isArray(value.before) &&
  Array.isArray(value.after)
