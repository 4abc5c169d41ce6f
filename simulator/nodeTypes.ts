import type { PromptGraph } from '../types'

/** A node type as `/object_info` describes it: inputs as `[type or choices, options]`. */
interface NodeType {
  readonly input: { readonly required: Readonly<Record<string, readonly unknown[]>> }
  readonly output_node: boolean
}

const node = (required: NodeType['input']['required'], isOutput = false): NodeType => ({
  input: { required },
  output_node: isOutput,
})

/** The node types that the simulated server has. `Simulate` stands for a sampler: it takes its time and ends as it is told. */
export const NODE_TYPES: Readonly<Record<string, NodeType>> = {
  CheckpointLoaderSimple: node({ ckpt_name: [['film-xl.safetensors', 'film-light.safetensors']] }),
  CLIPTextEncode: node({ clip: ['CLIP'], text: ['STRING', { multiline: true }] }),
  EmptyLatentImage: node({
    width: ['INT', { min: 16, max: 16_384 }],
    height: ['INT', { min: 16, max: 16_384 }],
    batch_size: ['INT', { min: 1, max: 4_096 }],
  }),
  KSampler: node({
    model: ['MODEL'],
    positive: ['CONDITIONING'],
    latent_image: ['LATENT'],
    steps: ['INT', { min: 1, max: 10_000 }],
    seed: ['INT', { min: 0, max: 2 ** 53 }],
  }),
  VAEDecode: node({ samples: ['LATENT'], vae: ['VAE'] }),
  SaveImage: node({ images: ['IMAGE'], filename_prefix: ['STRING', {}] }, true),
  Simulate: node({
    how: [['success', 'error', 'outOfMemory']],
    seconds: ['FLOAT', { min: 0, max: 86_400 }],
  }),
}

/** How a `Simulate` node asks its prompt to end. */
export function askedOutcome(graph: PromptGraph): unknown {
  return Object.values(graph).find(({ class_type: type }) => type === 'Simulate')?.inputs.how
}

/** `node_errors` of a rejected prompt, as ComfyUI words them; empty when it would be queued. */
export function nodeErrorsOf(graph: PromptGraph): Readonly<Record<string, unknown>> {
  const broken = Object.entries(graph).flatMap(([nodeId, { class_type: type, inputs }]) => {
    const errors = Object.entries(NODE_TYPES[type]?.input.required ?? {}).flatMap(([input, [accepts]]) => {
      const value = inputs[input]
      if (value === undefined)
        return [reason('required_input_missing', 'Required input is missing', input, input)]
      const isForeign = Array.isArray(accepts) && !Array.isArray(value) && !accepts.includes(value)
      if (!isForeign) return []
      return [
        reason('value_not_in_list', 'Value not in list', input, `${input}: '${String(value)}' not in list`),
      ]
    })
    return errors.length === 0 ? [] : [[nodeId, { errors, dependent_outputs: [], class_type: type }] as const]
  })
  return Object.fromEntries(broken)
}

/** The first node that the server doesn't have. */
export const unknownNode = (graph: PromptGraph): string | undefined =>
  Object.entries(graph).find(([, { class_type: type }]) => !Object.hasOwn(NODE_TYPES, type))?.[0]

const reason = (type: string, message: string, input: string, details: string): unknown => ({
  type,
  message,
  details,
  extra_info: { input_name: input },
})
