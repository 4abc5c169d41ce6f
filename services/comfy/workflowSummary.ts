import type { RunEnvironment } from '../../types'
import { sha256 } from './sha256'

/** The parts of a cohort that can be read from a prompt's graph. */
export type WorkflowSummary = Required<Pick<RunEnvironment, 'workflowHash' | 'models'>> &
  Pick<RunEnvironment, 'width' | 'height' | 'frames' | 'steps' | 'batch'>

/**
 * What a graph in API format is, apart from its seeds, its texts and its models, by the rules of
 * `tests/fixtures/workflow-hash/README.md`, which the Python node follows too. What is no graph gives an empty one's hash.
 */
export function workflowSummary(graph: unknown): WorkflowSummary {
  const models = new Set<string>()
  const sizes: Partial<Record<SizeName, number>> = {}
  const nodes = sortedMembers(graph).flatMap(([nodeId, node]) => {
    if (!isObject(node)) return []
    const members = new Map(Object.entries(node))
    const inputs = members.get('inputs')
    const classType = members.get('class_type')
    collectSizes(inputs, sizes)
    const kept = keptMembers(inputs, models).map(([name, value]) => `[${JSON.stringify(name)},${value}]`)
    return `[${JSON.stringify(nodeId)},${JSON.stringify(typeof classType === 'string' ? classType : '')},[${kept.join(',')}]]`
  })
  return {
    workflowHash: sha256(`[${nodes.join(',')}]`),
    models: [...models].sort(compareCodePoints),
    ...sizes,
  }
}

type SizeName = 'width' | 'height' | 'frames' | 'steps' | 'batch'
const SIZES: Readonly<Record<string, SizeName>> = {
  steps: 'steps',
  width: 'width',
  height: 'height',
  batch_size: 'batch',
  batch: 'batch',
  length: 'frames',
  frames: 'frames',
  num_frames: 'frames',
  video_frames: 'frames',
}
const MODEL_FILE = /\.(safetensors|ckpt|pt|pth|bin|gguf|sft)$/
const MEDIA_FILE =
  /\.(png|jpg|jpeg|webp|gif|bmp|tif|tiff|avif|mp4|webm|mov|mkv|avi|m4v|wav|mp3|flac|ogg|m4a|opus)$/
const LEFT_OUT_NAME = /^(noise_)?seed$|text|prompt|filename|prefix/
const ABSOLUTE_PATH = /^([/\\]|.:[/\\])/u

/** Name and JSON text of what counts. */
function keptMembers(members: unknown, models: Set<string>): readonly (readonly [string, string])[] {
  return sortedMembers(members).flatMap(([name, value]) =>
    isLeftOutValue(value, models) || LEFT_OUT_NAME.test(lower(name))
      ? []
      : [[name, keptText(value, models)] as const],
  )
}

function keptText(value: unknown, models: Set<string>): string {
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value
    const kept = entries
      .filter((entry) => !isLeftOutValue(entry, models))
      .map((entry) => keptText(entry, models))
    return `[${kept.join(',')}]`
  }
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const members = keptMembers(value, models).map(([name, text]) => `${JSON.stringify(name)}:${text}`)
  return `{${members.join(',')}}`
}

/** A model's name is noted on the way. */
function isLeftOutValue(value: unknown, models: Set<string>): boolean {
  if (typeof value !== 'string') return false
  if (!MODEL_FILE.test(lower(value))) return MEDIA_FILE.test(lower(value))
  models.add(ABSOLUTE_PATH.test(value) ? value.slice(value.search(/[^/\\]*$/)) : value)
  return true
}

function collectSizes(inputs: unknown, sizes: Partial<Record<SizeName, number>>): void {
  if (!isObject(inputs)) return
  for (const [name, value] of Object.entries(inputs)) {
    const size = Object.hasOwn(SIZES, name) ? SIZES[name] : undefined
    if (size === undefined || typeof value !== 'number' || !(value > 0) || value > Number.MAX_SAFE_INTEGER)
      continue
    sizes[size] = Math.max(value, sizes[size] ?? value)
  }
}

function sortedMembers(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value).sort(([a], [b]) => compareCodePoints(a, b)) : []
}

/** `<` compares UTF-16 units, which puts what lies above U+FFFF too early. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  const at = left.findIndex((character, i) => character !== right[i])
  if (at < 0) return left.length - right.length
  return (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1)
}

const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
