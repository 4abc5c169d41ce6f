import { useMemo } from 'react'
import type { RecordingState, ServerEntry } from '../../types'
import { useShownServerId } from './ShownServer'
import { useTelemetry } from './TelemetryProvider'
import { useThrottledStore } from './useThrottledStore'

/** Every server of the list as it is now; re-renders with each reading of a GPU. */
export function useServers(): readonly ServerEntry[] {
  return useThrottledStore(useTelemetry().servers, (entries) => entries, 250)
}

/** The ids of the list, in its order; re-renders when the list changes, not what is in it. */
export function useServerIds(): readonly string[] {
  const joined = useThrottledStore(useTelemetry().servers, joinedIds, 0)
  return useMemo(() => (joined === '' ? [] : joined.split(' ')), [joined])
}

/** A part of the shown server's entry, a primitive or a reference of it; undefined until the list is here. */
export function useShownEntry<T>(select: (entry: ServerEntry) => T): T | undefined {
  const id = useShownServerId()
  return useThrottledStore(useTelemetry().servers, (entries) => {
    const entry = entries.find((each) => each.id === id)
    return entry && select(entry)
  })
}

/** The id of the server that runs of a source come from; undefined where it is not in the list. */
export function useServerOf(source: string | undefined): string | undefined {
  return useThrottledStore(useTelemetry().servers, (entries) =>
    source === undefined
      ? undefined
      : entries.find((entry) => entry.source === source || entry.url === source)?.id,
  )
}

/** What the shown server is called; undefined while it is the only one, and needs no name. */
export function useServerName(): string | undefined {
  const isOne = useServerIds().length <= 1
  const name = useShownEntry(({ name: called }) => called)
  return isOne ? undefined : name
}

/** Servers whose runs are not being saved, and why; the same reference until that changed. */
export function useUnsaved(): readonly Unsaved[] {
  const key = useThrottledStore(useTelemetry().servers, unsavedKey, 0)
  return useMemo(() => JSON.parse(key), [key])
}

/** A server whose runs are not saved, and why. */
export interface Unsaved {
  /** Undefined: of none. */
  readonly name?: string
  readonly reason: string
  /** For want of room. */
  readonly isFull?: true
}

// Ids are slugs: they hold no blank.
const joinedIds = (entries: readonly ServerEntry[]): string => entries.map(({ id }) => id).join(' ')

function unsavedKey(entries: readonly ServerEntry[]): string {
  const unsaved = entries.flatMap(({ name, recording }) => {
    if (!isUnsaved(recording)) return []
    const { status: _, ...why } = recording
    return [{ name, ...why }]
  })
  const reasons = new Set(unsaved.map(({ reason }) => reason))
  const isEverybody = unsaved.length === entries.length && reasons.size === 1
  return JSON.stringify(isEverybody ? unsaved.slice(0, 1).map(({ name: _, ...why }) => why) : unsaved)
}

type Reasoned = Extract<RecordingState, { readonly status: 'memory' | 'paused' }>
const isUnsaved = (state: RecordingState | undefined): state is Reasoned =>
  state?.status === 'memory' || state?.status === 'paused'
