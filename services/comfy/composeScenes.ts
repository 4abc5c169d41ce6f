import type { GenerateRequest, PromptGraph } from '../../types'
import type { SceneEntry } from '../wire/workflow'

/** A node input that holds text: where a scene's text may go. */
export interface TextPlace {
  readonly nodeId: string
  readonly input: string
  readonly nodeType: string
  /** The node's title in the editor, if the export kept it. */
  readonly title?: string
  readonly text: string
}

/** The text inputs of a workflow, the likeliest for a prompt first: what a sampler's `positive` leads to, then other encoders. */
export function textPlacesOf(graph: PromptGraph): readonly TextPlace[] {
  const positive = positiveNodes(graph)
  const places = Object.entries(graph).flatMap(([nodeId, node]) =>
    Object.entries(node.inputs).flatMap(([input, text]): TextPlace[] =>
      typeof text === 'string' && !isFileName(input, text)
        ? [{ nodeId, input, nodeType: node.class_type, text, ...titleOf(node) }]
        : [],
    ),
  )
  const rank = ({ nodeId, input, nodeType }: TextPlace): number =>
    (positive.has(nodeId) ? 0 : 2) + (/text|prompt/i.test(`${input} ${nodeType}`) ? 0 : 1)
  return places.sort((a, b) => rank(a) - rank(b))
}

/** The scenes of a run: each entry's text in its place, or its own prompt; ids that nobody gave are counted. */
export function composeScenes(
  graph: PromptGraph | undefined,
  place: Pick<TextPlace, 'nodeId' | 'input'> | undefined,
  entries: readonly SceneEntry[],
  /** Uniform in [0, 1); undefined leaves every seed as it is. */
  random: (() => number) | undefined,
): GenerateRequest['scenes'] {
  const digits = Math.max(3, String(entries.length).length)
  return entries.flatMap((entry, index) => {
    const base =
      entry.kind === 'prompt' ? entry.prompt : place && graph && withInput(graph, place, entry.text)
    if (!base) return []
    const sceneId = entry.sceneId ?? `scene-${String(index + 1).padStart(digits, '0')}`
    return [{ sceneId, prompt: random ? withNewSeeds(base, random) : base }]
  })
}

function withInput(
  graph: PromptGraph,
  { nodeId, input }: Pick<TextPlace, 'nodeId' | 'input'>,
  value: string,
): PromptGraph {
  const node = graph[nodeId]
  return node ? { ...graph, [nodeId]: { ...node, inputs: { ...node.inputs, [input]: value } } } : graph
}

/** A number in every `seed` and `noise_seed`, exact in a double: the API format has no "randomize". */
function withNewSeeds(graph: PromptGraph, random: () => number): PromptGraph {
  const nodes = Object.entries(graph).map(([nodeId, node]) => {
    const seeds = ['seed', 'noise_seed'].filter((name) => typeof node.inputs[name] === 'number')
    const fresh = Object.fromEntries(seeds.map((name) => [name, Math.floor(random() * 2 ** 48)]))
    return [nodeId, seeds.length === 0 ? node : { ...node, inputs: { ...node.inputs, ...fresh } }]
  })
  return Object.fromEntries(nodes)
}

function positiveNodes(graph: PromptGraph): ReadonlySet<string> {
  const found = new Set<string>()
  const follow = (link: unknown): void => {
    const target: unknown = Array.isArray(link) ? link[0] : undefined
    if (typeof target !== 'string' || found.has(target)) return
    found.add(target)
    for (const [input, value] of Object.entries(graph[target]?.inputs ?? {}))
      if (/cond|positive|text|prompt/i.test(input)) follow(value)
  }
  for (const { inputs } of Object.values(graph)) follow(inputs.positive)
  return found
}

const isFileName = (input: string, text: string): boolean =>
  /name|prefix|file|path|scheduler|sampler|method|mode|device|format/i.test(input) ||
  /\.(safetensors|ckpt|pt|pth|bin|gguf|png|jpe?g|webp|mp4|wav)$/i.test(text)

function titleOf(node: PromptGraph[string]): { readonly title?: string } {
  const meta: unknown = Reflect.get(node, '_meta')
  const title: unknown = typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'title') : undefined
  return typeof title === 'string' && title !== '' ? { title: title.slice(0, 80) } : {}
}
