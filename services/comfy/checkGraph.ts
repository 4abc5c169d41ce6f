import type { GenerateProblem, PromptGraph } from '../../types'
import type { InputSpec, NodeSpec } from '../wire/objectInfo'

/** Specs by class: `unknown` when the server has no such node, absent when it didn't say. */
export type NodeSpecs = ReadonlyMap<string, NodeSpec | 'unknown'>

/**
 * What the server would refuse in this graph, by node and input, before anything is queued. What it can't be asked about is left to
 * the server. Pure.
 */
export function checkGraph(graph: PromptGraph, specs: NodeSpecs): readonly Omit<GenerateProblem, 'scene'>[] {
  const nodes = Object.entries(graph)
  if (nodes.length === 0) return [{ message: 'The workflow has no nodes.' }]
  const known = nodes.map(([, { class_type }]) => specs.get(class_type))
  const problems = nodes.flatMap(([nodeId, node]) =>
    checkNode(graph, nodeId, node, specs.get(node.class_type)),
  )
  const hasOutput = known.some((spec) => spec === undefined || spec === 'unknown' || spec.isOutput)
  return hasOutput
    ? problems
    : [
        ...problems,
        { message: 'No node of the workflow saves or shows anything, so the server would refuse it.' },
      ]
}

type Problem = Omit<GenerateProblem, 'scene'>

function checkNode(
  graph: PromptGraph,
  nodeId: string,
  { class_type: type, inputs }: PromptGraph[string],
  spec: NodeSpec | 'unknown' | undefined,
): Problem[] {
  if (spec === 'unknown')
    return [{ nodeId, message: `The server has no node of type ${type}. Is its custom node installed?` }]
  const links = Object.entries(inputs).flatMap(([input, value]) => {
    const target = linkTarget(value)
    return target === undefined || Object.hasOwn(graph, target)
      ? []
      : [
          {
            nodeId,
            input,
            message: `${type}.${input} is linked to node ${target}, which the workflow lacks.`,
          },
        ]
  })
  if (!spec) return links
  return [
    ...links,
    ...[...spec.inputs].flatMap(([input, each]) => checkInput(nodeId, type, input, inputs, each)),
  ]
}

function checkInput(
  nodeId: string,
  type: string,
  input: string,
  inputs: Readonly<Record<string, unknown>>,
  { required, accepts }: InputSpec,
): Problem[] {
  const say = (message: string): Problem[] => [{ nodeId, input, message: `${type}.${input} ${message}` }]
  if (!Object.hasOwn(inputs, input)) return required ? say('is missing.') : []
  const value = inputs[input]
  if (linkTarget(value) !== undefined) return []
  switch (accepts.kind) {
    case 'choices':
      return accepts.choices.includes(value)
        ? []
        : say(`is ${shown(value)}, which the server does not offer.`)
    case 'number':
      return checkNumber(value, accepts, say)
    case 'text':
      return typeof value === 'string' ? [] : say(`should be text and is ${shown(value)}.`)
    case 'any':
      return []
  }
}

function checkNumber(
  value: unknown,
  { whole, min, max }: Extract<InputSpec['accepts'], { kind: 'number' }>,
  say: (message: string) => Problem[],
): Problem[] {
  // As ComfyUI does: text that reads as a number is one.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    return say(`should be a ${whole ? 'whole ' : ''}number and is ${shown(value)}.`)
  if (min !== undefined && number < min) return say(`is ${number}; the least is ${min}.`)
  if (max !== undefined && number > max) return say(`is ${number}; the most is ${max}.`)
  return []
}

/** A link to another node's output is `[node id, output index]`. */
function linkTarget(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [target, index]: readonly unknown[] = value
  return typeof target === 'string' && typeof index === 'number' ? target : undefined
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80)
