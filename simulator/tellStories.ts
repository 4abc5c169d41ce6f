import type { Random } from '../services/shared/createRandom'
import { DEFAULT_POLICY } from '../services/shared/defaultPolicy'
import type { PromptGraph } from '../types'
import type { Engine } from './createEngine'
import type { Scenario } from './scenarios'
import type { EndedPrompt, SimulatedPrompt } from './simulatedPrompt'

const NAMES = ['Night run', 'Harbour', 'The long bridge', 'Rain over Lisbon', 'Last train', 'Salt']
/** Between two stories, ms. */
const PAUSE_MS = 6_000

export interface Storyteller {
  /** Queues what a dead server lost, each as its scene's next attempt. */
  queueAgain(lost: readonly SimulatedPrompt[]): void
  /** Stops and says so: nobody goes on with the story that is being told. */
  giveUp(): void
  stop(): void
}

/** What the node hears of the film maker; `onScene` learns which scene began to execute, and in which attempt. */
export interface StoryEvents {
  readonly onScene: (scene: number, attempt: number) => void
  readonly tellNode: (message: object) => void
}

/**
 * A film maker who queues one story after another, and a failed scene once more. A scene that executes longer than the story's limit
 * is told to have reached it and interrupted, as a host does.
 */
export function tellStories(
  engine: Engine,
  scenario: Scenario,
  random: Random,
  pace: number,
  { onScene, tellNode }: StoryEvents,
): Storyteller {
  const policy = { ...DEFAULT_POLICY, maxWaitSeconds: scenario.maxWaitSeconds * pace }
  const limits = new Map<string, ReturnType<typeof setTimeout>>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let open = new Set<string>()
  let attempts = new Map<string, number>()
  let told = 0
  let run = { runId: '', runName: '', storyId: '' }

  const queueScene = (scene: number): void => {
    const sceneId = sceneIdOf(scene)
    const attempt = (attempts.get(sceneId) ?? 0) + 1
    attempts.set(sceneId, attempt)
    const promptId = random.uuid()
    open.add(promptId)
    engine.queue({
      promptId,
      graph: graphOf(scene, random),
      outcome: scenario.failures[scene]?.[attempt - 1] ?? 'success',
      extraData: {
        telemetry: {
          ...run,
          sceneId,
          sceneCount: scenario.scenes,
          attempt,
          tags: ['demo'],
          policy,
        },
      },
    })
  }

  const tell = (): void => {
    told += 1
    open = new Set()
    attempts = new Map()
    const name = NAMES[(told - 1) % NAMES.length] ?? 'Story'
    run = { runId: `run-${random.uuid()}`, runName: name, storyId: name.toLowerCase().replaceAll(' ', '-') }
    for (let scene = 1; scene <= scenario.scenes; scene++) queueScene(scene)
  }

  const next = (): void => {
    timer = setTimeout(tell, PAUSE_MS * pace)
  }

  const unsubscribe = engine.subscribe((event) => {
    const { prompt } = event
    if (!open.has(prompt.promptId)) return
    const scene = sceneOf(prompt.extraData)
    if (event.type === 'started') {
      onScene(scene, attempts.get(sceneIdOf(scene)) ?? 0)
      limits.set(
        prompt.promptId,
        setTimeout(() => timeOut(prompt), policy.maxWaitSeconds * 1_000),
      )
    }
    if (event.type !== 'ended') return
    clearTimeout(limits.get(prompt.promptId))
    limits.delete(prompt.promptId)
    open.delete(prompt.promptId)
    if (shouldRetry(event.prompt)) queueScene(scene)
    if (open.size === 0) next()
  })

  /** The outcome first: once it is journaled, the interrupt's own end changes nothing. */
  const timeOut = ({ promptId, extraData }: SimulatedPrompt): void => {
    const sceneId = sceneIdOf(sceneOf(extraData))
    tellNode({ type: 'outcome', promptId, runId: run.runId, sceneId, exitReason: 'maxWait' })
    engine.interrupt(promptId)
  }

  const shouldRetry = (prompt: EndedPrompt): boolean =>
    prompt.end !== 'success' &&
    prompt.end !== 'deleted' &&
    (attempts.get(sceneIdOf(sceneOf(prompt.extraData))) ?? 0) <= policy.sceneRetryBudget

  const stop = (): void => {
    clearTimeout(timer)
    for (const limit of limits.values()) clearTimeout(limit)
    unsubscribe()
  }

  timer = setTimeout(tell, 300 * pace)
  return {
    queueAgain(lost) {
      for (const { promptId } of lost) clearTimeout(limits.get(promptId))
      for (const prompt of lost) if (open.delete(prompt.promptId)) queueScene(sceneOf(prompt.extraData))
    },
    giveUp() {
      if (open.size > 0) tellNode({ type: 'run', runId: run.runId, event: 'stopped' })
      stop()
    },
    stop,
  }
}

const sceneIdOf = (scene: number): string => `scene-${String(scene).padStart(3, '0')}`

function sceneOf({ telemetry }: Readonly<Record<string, unknown>>): number {
  const isLabelled = typeof telemetry === 'object' && telemetry !== null && 'sceneId' in telemetry
  return isLabelled ? Number(String(telemetry.sceneId).slice('scene-'.length)) : 0
}

function graphOf(scene: number, random: Random): PromptGraph {
  return {
    '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'film-xl.safetensors' } },
    '2': { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: `Scene ${scene}` } },
    '3': { class_type: 'EmptyLatentImage', inputs: { width: 1024, height: 576, batch_size: 1 } },
    '4': {
      class_type: 'KSampler',
      inputs: {
        model: ['1', 0],
        positive: ['2', 0],
        latent_image: ['3', 0],
        steps: 30,
        seed: Math.floor(random.between(0, 2 ** 32)),
      },
    },
    '5': { class_type: 'VAEDecode', inputs: { samples: ['4', 0], vae: ['1', 2] } },
    '6': { class_type: 'SaveImage', inputs: { images: ['5', 0], filename_prefix: 'scene' } },
  }
}
