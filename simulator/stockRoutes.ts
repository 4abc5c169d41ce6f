import type { Random } from '../services/shared/createRandom'
import type { PromptGraph } from '../types'
import type { Answer, Route } from './answer'
import type { Engine } from './createEngine'
import type { SimulatedNode } from './createNode'
import { isRecord } from './isRecord'
import { askedOutcome, NODE_TYPES, nodeErrorsOf, unknownNode } from './nodeTypes'
import type { SimulatedOutcome } from './scenarios'
import type { EndedPrompt, SimulatedPrompt } from './simulatedPrompt'
import { viewFile } from './viewFile'

/** ComfyUI's own HTTP routes, answering as a real server does in `tests/fixtures/recordings`. */
export function stockRoutes(
  engine: Engine,
  node: SimulatedNode,
  random: Random,
): Readonly<Record<string, Route>> {
  const history = (prompts: Iterable<EndedPrompt>): Answer => ({
    status: 200,
    json: Object.fromEntries([...prompts].map((prompt) => [prompt.promptId, historyEntry(prompt)])),
  })
  return {
    'GET /system_stats': () => ({ status: 200, json: systemStats(node) }),
    'GET /queue': () => ({
      status: 200,
      json: {
        queue_running: [...engine.running.values()].map(queueItem),
        queue_pending: engine.waiting.map(queueItem),
      },
    }),
    'POST /queue': ({ body }) => {
      if (body.clear === true) engine.remove(engine.waiting.map(({ promptId }) => promptId))
      if (Array.isArray(body.delete)) engine.remove(body.delete.map(String))
      return { status: 200, json: {} }
    },
    'GET /history': ({ query }) => {
      const all = [...engine.ended.values()]
      const max = Number(query.get('max_items')) || all.length
      // ComfyUI counts from the oldest; without an offset it gives the newest.
      const offset = query.has('offset') ? Number(query.get('offset')) : Math.max(0, all.length - max)
      return history(all.slice(offset, offset + max))
    },
    'GET /history/*': ({ path }) => {
      const prompt = engine.ended.get(path.slice('/history/'.length))
      return history(prompt ? [prompt] : [])
    },
    'POST /interrupt': ({ body }) => {
      engine.interrupt(typeof body.prompt_id === 'string' ? body.prompt_id : undefined)
      return { status: 200, json: {} }
    },
    'GET /view': ({ query }) => viewFile(engine, query),
    'POST /free': () => ({ status: 200, json: {} }),
    'POST /prompt': ({ body }) => queuePrompt(engine, random, body),
    'GET /object_info/*': ({ path }) => {
      const type = path.slice('/object_info/'.length)
      return { status: 200, json: Object.hasOwn(NODE_TYPES, type) ? { [type]: NODE_TYPES[type] } : {} }
    },
  }
}

function queuePrompt(engine: Engine, random: Random, body: Readonly<Record<string, unknown>>): Answer {
  if (!isGraph(body.prompt) || Object.keys(body.prompt).length === 0)
    return rejected('prompt_no_outputs', 'Prompt has no outputs')
  const missing = unknownNode(body.prompt)
  if (missing !== undefined)
    return rejected(
      'invalid_prompt',
      `Cannot execute because node ${body.prompt[missing]?.class_type} does not exist.`,
    )
  const nodeErrors = nodeErrorsOf(body.prompt)
  if (Object.keys(nodeErrors).length > 0)
    return rejected('prompt_outputs_failed_validation', 'Prompt outputs failed validation', nodeErrors)
  const extraData = isRecord(body.extra_data) ? body.extra_data : {}
  const { promptId, number } = engine.queue({
    promptId: typeof body.prompt_id === 'string' ? body.prompt_id : random.uuid(),
    graph: body.prompt,
    extraData,
    outcome: outcomeOf(extraData.simulate ?? askedOutcome(body.prompt)),
    ...(typeof body.client_id === 'string' ? { clientId: body.client_id } : {}),
  })
  return { status: 200, json: { prompt_id: promptId, number, node_errors: {} } }
}

const rejected = (type: string, message: string, nodeErrors: object = {}): Answer => ({
  status: 400,
  json: { error: { type, message, details: '', extra_info: {} }, node_errors: nodeErrors },
})

/** `extra_data.simulate` names how a prompt shall end: for tests. */
const outcomeOf = (asked: unknown): SimulatedOutcome =>
  asked === 'error' || asked === 'outOfMemory' || asked === 'never' ? asked : 'success'

const queueItem = (prompt: SimulatedPrompt): unknown => [
  prompt.number,
  prompt.promptId,
  prompt.graph,
  { ...prompt.extraData, ...(prompt.clientId === undefined ? {} : { client_id: prompt.clientId }) },
  Object.entries(prompt.graph)
    .filter(([, node]) => /^Save/.test(node.class_type))
    .map(([nodeId]) => nodeId),
]

function historyEntry(prompt: EndedPrompt): unknown {
  const { promptId, startedAt, endedAt, end, error } = prompt
  const message = (type: string, timestamp: number, rest: object = {}): unknown => [
    type,
    { prompt_id: promptId, timestamp, ...rest },
  ]
  const last = {
    success: () => message('execution_success', endedAt),
    interrupted: () => message('execution_interrupted', endedAt),
    deleted: () => message('execution_interrupted', endedAt),
    error: () => failure(),
    outOfMemory: () => failure(),
  }
  const failure = (): unknown =>
    message('execution_error', endedAt, {
      node_id: error?.nodeId,
      node_type: error?.nodeType,
      exception_type: error?.type,
      exception_message: error?.message,
      traceback: [],
      current_inputs: {},
    })
  const outputs = prompt.outputs.map(({ nodeId, ...file }) => [nodeId, { images: [file] }])
  return {
    prompt: queueItem(prompt),
    outputs: Object.fromEntries(outputs),
    status: {
      status_str: end === 'success' ? 'success' : 'error',
      completed: end === 'success',
      messages: [
        message('execution_start', startedAt ?? endedAt),
        message('execution_cached', startedAt ?? endedAt, { nodes: [] }),
        last[end](),
      ],
    },
    meta: {},
  }
}

function systemStats(node: SimulatedNode): unknown {
  return {
    // No ComfyUI says this: by it a page tells a simulated stock server from a real one.
    system: {
      simulated: true,
      os: 'posix',
      comfyui_version: '0.3.64',
      python_version: '3.11.7',
      pytorch_version: '2.6.0',
    },
    devices: node.gpus.map(({ name, index, vramTotal, vramFree }) => ({
      name: `cuda:${index} ${name} : cudaMallocAsync`,
      type: 'cuda',
      index,
      vram_total: vramTotal,
      vram_free: vramFree,
      torch_vram_total: vramTotal,
      torch_vram_free: vramFree,
    })),
  }
}

const isGraph = (value: unknown): value is PromptGraph =>
  isRecord(value) &&
  Object.values(value).every((node) => isRecord(node) && typeof node.class_type === 'string')
