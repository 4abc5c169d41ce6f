import type { GenerateProblem, GenerateRequest } from '../../types'
import { checkGraph } from './checkGraph'
import { checkRequest } from './checkRequest'
import type { ComfyClient } from './createComfyClient'

/** Problems shown at once; a workflow that is wrong in every scene is wrong once. */
const MAX_PROBLEMS = 200
const SPECS_AT_ONCE = 6

/**
 * What is wrong with a request, by scene, node and input: its own shape first, then what the server's node descriptions say. A
 * server that doesn't answer, or doesn't know its nodes, is asked nothing more: it judges when the scene is queued.
 */
export async function validateRequest(
  request: GenerateRequest,
  client: Pick<ComfyClient, 'nodeSpec'>,
): Promise<readonly GenerateProblem[]> {
  const problems = [...checkRequest(request)]
  const types = new Set(
    request.scenes.flatMap(({ prompt }) => Object.values(prompt).map(({ class_type }) => class_type)),
  )
  const specs = await specsOf([...types], client)
  request.scenes.forEach(({ prompt }, scene) => {
    if (problems.length < MAX_PROBLEMS)
      problems.push(...checkGraph(prompt, specs).map((problem) => ({ scene, ...problem })))
  })
  return problems.slice(0, MAX_PROBLEMS)
}

async function specsOf(types: readonly string[], client: Pick<ComfyClient, 'nodeSpec'>) {
  const specs = new Map<string, Exclude<Awaited<ReturnType<ComfyClient['nodeSpec']>>, undefined>>()
  const waiting = [...types]
  const work = async (): Promise<void> => {
    for (let type = waiting.shift(); type !== undefined; type = waiting.shift()) {
      const spec = await client.nodeSpec(type)
      if (spec === undefined) return void waiting.splice(0)
      specs.set(type, spec)
    }
  }
  await Promise.all(Array.from({ length: SPECS_AT_ONCE }, work))
  return specs
}
