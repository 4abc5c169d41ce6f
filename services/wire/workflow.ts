import * as v from 'valibot'
import type { PromptGraph, Result } from '../../types'
import { parseJson, parseWith } from './parse'
import { graphSchema } from './promptFate'

/** One entry of a list of scenes as a person writes it: a text, a text with an id, or a whole prompt. */
export type SceneEntry =
  | { readonly kind: 'text'; readonly text: string; readonly sceneId?: string }
  | { readonly kind: 'prompt'; readonly prompt: PromptGraph; readonly sceneId?: string }

const MAX_CHARACTERS = 16 * 2 ** 20
const MAX_SCENES = 10_000
const editorSchema = v.looseObject({ nodes: v.array(v.unknown()), links: v.unknown() })
const wrappedSchema = v.looseObject({ prompt: graphSchema })
const sceneId = v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(256)))
const entrySchema = v.union([
  v.string(),
  v.looseObject({ sceneId, text: v.string() }),
  v.looseObject({ sceneId, prompt: graphSchema }),
])

/** A ComfyUI workflow in API format, by itself or as the `prompt` of a saved request; the error is a sentence that says what to do. */
export function parseWorkflow(text: string): Result<PromptGraph, string> {
  if (text.length > MAX_CHARACTERS) return { ok: false, error: 'This is larger than 16 MB; no workflow is.' }
  const json = parseJson(text)
  if (!json.ok) return { ok: false, error: `This is no JSON, so it can’t be a workflow${reasonOf(text)}.` }
  if (v.is(editorSchema, json.value))
    return {
      ok: false,
      error: 'This is the editor’s own format. In ComfyUI choose Workflow → Export (API) and take that file.',
    }
  const wrapped = v.safeParse(wrappedSchema, json.value)
  if (wrapped.success) return { ok: true, value: wrapped.output.prompt }
  const graph = parseWith(graphSchema, json.value)
  if (!graph.ok) return { ok: false, error: `This is no workflow in API format. ${graph.error}.` }
  return Object.keys(graph.value).length > 0 ? graph : { ok: false, error: 'The workflow has no nodes.' }
}

/** A JSON list of scenes; the error names the entry that can't be read. */
export function parseSceneList(text: string): Result<readonly SceneEntry[], string> {
  if (text.length > MAX_CHARACTERS) return { ok: false, error: 'This is larger than 16 MB.' }
  const json = parseJson(text)
  if (!json.ok) return { ok: false, error: `This is no JSON${reasonOf(text)}.` }
  if (!Array.isArray(json.value))
    return { ok: false, error: 'A JSON list was expected: ["first scene", "second scene"].' }
  if (json.value.length > MAX_SCENES)
    return { ok: false, error: `A run may have ${MAX_SCENES} scenes at most.` }
  const entries: SceneEntry[] = []
  for (const [index, value] of json.value.entries()) {
    const entry = v.safeParse(entrySchema, value)
    if (!entry.success)
      return {
        ok: false,
        error: `Entry ${index + 1} can’t be read: a text, {"sceneId", "text"} or {"sceneId", "prompt"} was expected.`,
      }
    entries.push(entryOf(entry.output))
  }
  return { ok: true, value: entries }
}

function entryOf(entry: v.InferOutput<typeof entrySchema>): SceneEntry {
  if (typeof entry === 'string') return { kind: 'text', text: entry }
  const named = entry.sceneId === undefined ? {} : { sceneId: entry.sceneId }
  return 'prompt' in entry && v.is(graphSchema, entry.prompt)
    ? { kind: 'prompt', prompt: entry.prompt, ...named }
    : { kind: 'text', text: String(entry.text), ...named }
}

/** Where JSON breaks, by what engines say, without the content around it; nothing where they don't tell. */
function reasonOf(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    const found = BREAKS.flatMap(([pattern, words]) => {
      const match = pattern.exec(said)
      return match ? words(match[1] ?? '') : []
    })
    return found[0] === undefined ? '' : `: ${found[0]}`
  }
}

const BREAKS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/end of (?:JSON )?(?:input|data)|unterminated string/i, () => 'it ends too early'],
  [/position (\d+)/, (position) => `it breaks at character ${position}`],
  [/line (\d+ column \d+)/, (place) => `it breaks at line ${place.replace(' column', ', column')}`],
  [/token '(.+?)'/, (token) => `it breaks at “${token}”`],
]
