/** What a change of tags replaced, as a row of `meta`. */
export interface UndoRow {
  readonly kind: 'tags'
  readonly at: number
  readonly runs: readonly { readonly runId: string; readonly tags: readonly string[] }[]
}

/** The stored row; undefined for what is none. */
export function readUndo(value: unknown): UndoRow | undefined {
  return isUndo(value) ? value : undefined
}

const isUndo = (value: unknown): value is UndoRow =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'tags' &&
  'runs' in value &&
  Array.isArray(value.runs)
