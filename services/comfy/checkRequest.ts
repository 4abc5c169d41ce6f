import type { GenerateProblem, GenerateRequest, QueuePolicy } from '../../types'

const MAX_SCENES = 10_000
const LIMITS: Readonly<
  Record<keyof QueuePolicy, { readonly name: string; readonly max: number; readonly whole: boolean }>
> = {
  maxWaitSeconds: { name: 'Max wait', max: 7 * 86_400, whole: false },
  maxAttempts: { name: 'Max polls', max: 1_000_000, whole: true },
  pollIntervalSeconds: { name: 'Poll interval', max: 3_600, whole: false },
  postExecutionTimeoutSeconds: { name: 'Time for outputs', max: 86_400, whole: false },
  sceneRetryBudget: { name: 'Retries per scene', max: 100, whole: true },
  delayBetweenScenesSeconds: { name: 'Delay between scenes', max: 86_400, whole: false },
  batchSize: { name: 'Batch size', max: 4_096, whole: true },
}

/** What is wrong with a request before any server is asked: its policy, its scenes' ids and number. Pure; `scene` −1 is the whole. */
export function checkRequest({ scenes, policy, queueAhead }: GenerateRequest): readonly GenerateProblem[] {
  const all = (message: string): GenerateProblem => ({ scene: -1, message })
  const problems = Object.entries(LIMITS).flatMap(([setting, { name, max, whole }]) => {
    const value = Object.entries(policy).find(([key]) => key === setting)?.[1]
    const isGood =
      typeof value === 'number' && value >= 0 && value <= max && (!whole || Number.isInteger(value))
    return isGood ? [] : [all(`${name} must be a ${whole ? 'whole ' : ''}number from 0 to ${max}.`)]
  })
  if (policy.pollIntervalSeconds < 0.1) problems.push(all('Poll interval must be at least 0.1 seconds.'))
  if (typeof queueAhead === 'number' && !(Number.isInteger(queueAhead) && queueAhead >= 1))
    problems.push(all('At least one scene must be given to the server at a time.'))
  if (scenes.length === 0) problems.push(all('There are no scenes.'))
  if (scenes.length > MAX_SCENES) problems.push(all(`A run may have ${MAX_SCENES} scenes at most.`))
  const seen = new Map<string, number>()
  scenes.forEach(({ sceneId }, scene) => {
    const before = seen.get(sceneId)
    if (!/^[^\0]{1,256}$/.test(sceneId))
      problems.push({ scene, message: 'A scene needs an id of 1 to 256 characters.' })
    else if (before !== undefined)
      problems.push({ scene, message: `The id ${sceneId} is that of scene ${before + 1} already.` })
    seen.set(sceneId, scene)
  })
  return problems
}
