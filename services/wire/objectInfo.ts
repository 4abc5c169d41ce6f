import * as v from 'valibot'
import type { Result } from '../../types'
import { parseJson, parseWith } from './parse'

/** What a node takes, by `/object_info/{class}`. */
export interface NodeSpec {
  readonly inputs: ReadonlyMap<string, InputSpec>
  readonly isOutput: boolean
}
export interface InputSpec {
  readonly required: boolean
  /** `choices`: one of a list; `number`: within its bounds; `any`: whatever it is, the server judges it. */
  readonly accepts:
    | { readonly kind: 'choices'; readonly choices: readonly unknown[] }
    | { readonly kind: 'number'; readonly whole: boolean; readonly min?: number; readonly max?: number }
    | { readonly kind: 'text' }
    | { readonly kind: 'any' }
}

const inputsSchema = v.optional(v.nullable(v.record(v.string(), v.unknown())))
const specSchema = v.object({
  input: v.object({ required: inputsSchema, optional: inputsSchema }),
  output_node: v.optional(v.boolean()),
})
const boundsSchema = v.object({ min: v.optional(v.number()), max: v.optional(v.number()) })

/** Reads `/object_info/{class}`; undefined when the server knows no such node (it answers `{}`). */
export function parseObjectInfo(body: string, classType: string): Result<NodeSpec | undefined, string> {
  const json = parseJson(body)
  const answer = json.ok ? parseWith(v.record(v.string(), v.unknown()), json.value) : json
  if (!answer.ok) return answer
  const known = Object.entries(answer.value).find(([name]) => name === classType)
  if (!known) return { ok: true, value: undefined }
  const spec = parseWith(specSchema, known[1])
  if (!spec.ok) return spec
  const { input, output_node: isOutput = false } = spec.value
  const inputs = new Map([...inputsOf(input.optional, false), ...inputsOf(input.required, true)])
  return { ok: true, value: { inputs, isOutput } }
}

function inputsOf(
  given: Readonly<Record<string, unknown>> | null | undefined,
  required: boolean,
): [string, InputSpec][] {
  return Object.entries(given ?? {}).map(([name, spec]) => [name, { required, accepts: acceptsOf(spec) }])
}

/** ComfyUI describes an input as `[type, options]`; a list in place of the type names the choices. */
function acceptsOf(spec: unknown): InputSpec['accepts'] {
  const [type, options]: readonly unknown[] = Array.isArray(spec) ? spec : []
  if (Array.isArray(type)) return { kind: 'choices', choices: type }
  if (type === 'STRING') return { kind: 'text' }
  if (type !== 'INT' && type !== 'FLOAT') return { kind: 'any' }
  const bounds = v.safeParse(boundsSchema, options)
  const { min, max } = bounds.success ? bounds.output : {}
  return {
    kind: 'number',
    whole: type === 'INT',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }
}
