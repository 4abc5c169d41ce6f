import * as v from 'valibot'
import type { OutputFile, Result } from '../../types'
import { parseJson, parseWith } from './parse'
import { id, list, time } from './primitives'
import { memberOf, parseLabel, type PromptLabel } from './promptLabel'
import { endSchemas, stockEndOf, type EndType, type StockEnd } from './stockEnd'

/** A prompt as ComfyUI's queue and history hold it. The graph is handed on unread. */
export interface StockPrompt {
  readonly promptId: string
  /** Its place in the order of queuing since the server began; the caller may have set another. */
  readonly number?: number
  readonly graph: unknown
  readonly label?: PromptLabel
  /** When it was queued, epoch ms; newer servers tell it. */
  readonly createdAt?: number
}
export interface StockQueue {
  readonly running: readonly StockPrompt[]
  readonly pending: readonly StockPrompt[]
  readonly refused: number
}
/** A prompt that is over, with what its execution's own messages say. */
export interface StockEntry extends StockPrompt {
  readonly startedAt?: number
  readonly cachedNodes?: number
  readonly end?: StockEnd
  /** `success` or `error`, of a server that keeps no messages. */
  readonly status?: string
  readonly outputs: readonly OutputFile[]
}
export interface StockHistory {
  /** In the server's order: who ended first stands first. */
  readonly entries: readonly StockEntry[]
  readonly refused: number
}

const MAX_PROMPTS = 10_000
const MAX_MESSAGES = 1_000
const MAX_OUTPUTS = 200

const queueSchema = v.object({
  queue_running: list(v.unknown(), MAX_PROMPTS),
  queue_pending: list(v.unknown(), MAX_PROMPTS),
})
const itemSchema = v.looseTuple([v.unknown(), id(), v.unknown()])
const startSchema = v.object({ timestamp: time() })
const cachedSchema = v.object({ nodes: list(v.unknown(), MAX_PROMPTS) })
const fileSchema = v.object({
  filename: v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
  subfolder: v.optional(v.pipe(v.string(), v.maxLength(512)), ''),
  type: v.pipe(v.string(), v.maxLength(64)),
})

/** `GET /queue`. What is no prompt is left out and counted; never throws. */
export function parseQueue(body: string): Result<StockQueue, string> {
  const json = parseJson(body)
  const queue = json.ok ? parseWith(queueSchema, json.value) : json
  if (!queue.ok) return queue
  const running = queue.value.queue_running.flatMap((item) => promptOf(item) ?? [])
  const pending = queue.value.queue_pending.flatMap((item) => promptOf(item) ?? [])
  const told = queue.value.queue_running.length + queue.value.queue_pending.length
  return { ok: true, value: { running, pending, refused: told - running.length - pending.length } }
}

/** `GET /history` and `GET /history/ID`. What is no entry is left out and counted; never throws. */
export function parseHistory(body: string): Result<StockHistory, string> {
  const json = parseJson(body)
  if (!json.ok) return json
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return { ok: false, error: 'At top: expected an object' }
  const told: (readonly [string, unknown])[] = Object.entries(json.value)
  const entries = told.slice(-MAX_PROMPTS).flatMap(([promptId, entry]) => entryOf(promptId, entry) ?? [])
  return { ok: true, value: { entries, refused: told.length - entries.length } }
}

function promptOf(item: unknown): StockPrompt | undefined {
  const tuple = parseWith(itemSchema, item)
  if (!tuple.ok) return undefined
  const [number, promptId, graph, extraData] = tuple.value
  const label = parseLabel(extraData)
  const created = parseWith(time(), memberOf(extraData, 'create_time'))
  return {
    promptId,
    graph,
    ...(typeof number === 'number' && Number.isFinite(number) ? { number } : {}),
    ...(label ? { label } : {}),
    ...(created.ok && created.value > 0 ? { createdAt: created.value } : {}),
  }
}

function entryOf(promptId: string, entry: unknown): StockEntry | undefined {
  const prompt = promptOf(memberOf(entry, 'prompt'))
  if (prompt?.promptId !== promptId) return undefined
  const status = memberOf(entry, 'status')
  const word = memberOf(status, 'status_str')
  return {
    ...prompt,
    ...executionOf(memberOf(status, 'messages')),
    ...(typeof word === 'string' ? { status: word.slice(0, 64) } : {}),
    outputs: outputsOf(memberOf(entry, 'outputs')),
  }
}

type Execution = Pick<StockEntry, 'startedAt' | 'cachedNodes' | 'end'>

function executionOf(messages: unknown): Execution {
  let execution: Execution = {}
  const entries: readonly unknown[] = Array.isArray(messages) ? messages.slice(-MAX_MESSAGES) : []
  for (const entry of entries) {
    const [type, data]: readonly unknown[] = Array.isArray(entry) ? entry : []
    if (typeof type === 'string') execution = { ...execution, ...messageOf(type, data) }
  }
  return execution
}

function messageOf(type: string, data: unknown): Execution {
  if (type === 'execution_start') {
    const start = parseWith(startSchema, data)
    return start.ok ? { startedAt: start.value.timestamp } : {}
  }
  if (type === 'execution_cached') {
    const cached = parseWith(cachedSchema, data)
    return cached.ok ? { cachedNodes: cached.value.nodes.length } : {}
  }
  if (!isEnd(type)) return {}
  const end = parseWith(endSchemas[type], data)
  return end.ok ? { end: stockEndOf(type, end.value) } : {}
}

const isEnd = (type: string): type is EndType => Object.hasOwn(endSchemas, type)

/** At most 200 files, in the history's order. An absolute subfolder names a folder of that machine: left empty. */
function outputsOf(outputs: unknown): readonly OutputFile[] {
  const files: OutputFile[] = []
  for (const [nodeId, groups] of membersOf(outputs)) {
    if (!parseWith(id(), nodeId).ok) continue
    for (const [, group] of membersOf(groups)) {
      const entries: readonly unknown[] = Array.isArray(group) ? group.slice(0, MAX_OUTPUTS) : []
      for (const entry of entries) {
        const file = parseWith(fileSchema, entry)
        if (file.ok) files.push(fileOf(nodeId, file.value))
        if (files.length >= MAX_OUTPUTS) return files
      }
    }
  }
  return files
}

function fileOf(nodeId: string, { filename, subfolder, type }: v.InferOutput<typeof fileSchema>): OutputFile {
  const isAbsolute = /^([/\\]|.:)/.test(subfolder)
  const name = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1)
  return { nodeId, filename: name, subfolder: isAbsolute ? '' : subfolder, type }
}

const membersOf = (value: unknown): (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []
