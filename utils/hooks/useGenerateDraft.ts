import { useMemo, useState } from 'react'
import { composeScenes, textPlacesOf, type TextPlace } from '../../services/comfy/composeScenes'
import { parseSceneList, parseWorkflow, type SceneEntry } from '../../services/wire/workflow'
import type { GenerateRequest, PromptGraph, QueuePolicy, Result } from '../../types'
import { parseTags } from '../history/parseTags'

/** What a person has typed into the Generate page; kept in this browser, so that leaving the page loses nothing. */
export interface GenerateDraft {
  readonly workflow: string
  readonly place: string
  readonly mode: 'lines' | 'json'
  readonly lines: string
  readonly json: string
  readonly newSeeds: boolean
  readonly runName: string
  readonly storyId: string
  readonly tags: string
  readonly ahead: 'one' | 'all'
  /** The id of a server in the list; empty: the first. */
  readonly server: string
}
/** What it comes to. */
export interface ReadDraft {
  readonly graph: Result<PromptGraph, string> | undefined
  readonly places: readonly TextPlace[]
  readonly place: TextPlace | undefined
  readonly entries: Result<readonly SceneEntry[], string>
}

const EMPTY: GenerateDraft = {
  workflow: '',
  place: '',
  mode: 'lines',
  lines: '',
  json: '',
  newSeeds: true,
  runName: '',
  storyId: '',
  tags: '',
  ahead: 'one',
  server: '',
}
const KEY = 'gemdirect1-telemetry.generate'

/** The draft, what it comes to, and a way to change it; kept in this browser. */
export function useGenerateDraft(): {
  readonly draft: GenerateDraft
  readonly read: ReadDraft
  change(part: Partial<GenerateDraft>): void
  request(policy: QueuePolicy): GenerateRequest
} {
  const [draft, setDraft] = useState(remembered)
  const { workflow, mode, lines, json } = draft
  const graph = useMemo(() => (workflow.trim() === '' ? undefined : parseWorkflow(workflow)), [workflow])
  const places = useMemo(() => (graph?.ok ? textPlacesOf(graph.value) : []), [graph])
  const entries = useMemo(() => entriesOf(mode, lines, json), [mode, lines, json])
  const place = places.find((each) => placeKey(each) === draft.place) ?? places[0]
  const read: ReadDraft = { graph, places, place, entries }
  return {
    draft,
    read,
    change(part) {
      const next = { ...draft, ...part }
      setDraft(next)
      remember(next)
    },
    request: (policy) => requestOf(draft, read, policy),
  }
}

/** How a place is named in a select. */
export const placeKey = ({ nodeId, input }: Pick<TextPlace, 'nodeId' | 'input'>): string =>
  `${nodeId}\n${input}`

function requestOf(
  draft: GenerateDraft,
  { graph, place, entries }: ReadDraft,
  policy: QueuePolicy,
): GenerateRequest {
  const { runName, storyId, tags, newSeeds, ahead, server } = draft
  const labels = parseTags(tags)
  return {
    policy,
    scenes: composeScenes(
      graph?.ok ? graph.value : undefined,
      place,
      entries.ok ? entries.value : [],
      newSeeds ? Math.random : undefined,
    ),
    queueAhead: ahead === 'all' ? 'all' : 1,
    ...(server ? { server } : {}),
    ...(runName.trim() ? { runName: runName.trim() } : {}),
    ...(storyId.trim() ? { storyId: storyId.trim() } : {}),
    ...(labels.length > 0 ? { tags: labels } : {}),
  }
}

function entriesOf(mode: GenerateDraft['mode'], lines: string, json: string): ReadDraft['entries'] {
  if (mode === 'json') return json.trim() === '' ? { ok: true, value: [] } : parseSceneList(json)
  const texts = lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return { ok: true, value: texts.map((text) => ({ kind: 'text', text })) }
}

function remembered(): GenerateDraft {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return EMPTY
    const draft: Record<string, unknown> = { ...EMPTY }
    for (const [name, value] of Object.entries(EMPTY)) {
      const kept: unknown = Reflect.get(stored, name)
      if (typeof kept === typeof value) draft[name] = kept
    }
    const { mode, ahead } = draft
    return {
      ...EMPTY,
      ...draft,
      mode: mode === 'json' ? 'json' : 'lines',
      ahead: ahead === 'all' ? 'all' : 'one',
    }
  } catch {
    return EMPTY // denied, or not ours
  }
}

function remember(draft: GenerateDraft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft))
  } catch {
    // Denied or full: the draft lasts as long as the page.
  }
}
