import type { Deed, PlannedPrompt } from './faultPlan'

/** A server that a plan can be told to, simulated or real. Closed by whoever made it. */
export interface ChaosServer {
  url(): string
  restart(downMs: number, journal: 'kept' | 'lost'): Promise<void>
  moveClock(ms: number): void | Promise<void>
  /** Ends whatever is open; resolves when the journal says so. */
  finish(): Promise<void>
  /** The journals of its lives, the current one last; messages oldest first. */
  journals(): Promise<readonly Journal[]>
  close(): Promise<void>
}
export type Journal = readonly Readonly<Record<string, unknown>>[]

/** Of real time: what took longer was swallowed with the server. */
const ANSWER_MS = 5_000

/** Tells a server its part of the story over HTTP; what finds it away did not happen. */
export async function tellStory(server: ChaosServer, deed: Deed): Promise<void> {
  switch (deed.do) {
    case 'queue':
      return post(server, '/prompt', promptOf(deed.prompt))
    case 'interrupt':
      return post(server, '/interrupt', {})
    case 'delete':
      return post(server, '/queue', { delete: [deed.prompt] })
    case 'outcome': {
      const { prompt: promptId, runId, sceneId, reason: exitReason } = deed
      return post(server, '/telemetry/outcome', {
        promptId,
        runId,
        sceneId,
        exitReason,
        error: { type: 'told', message: exitReason },
      })
    }
    case 'run':
      return post(server, '/telemetry/run', { runId: deed.runId, event: deed.event })
  }
}

const promptOf = ({ promptId, end, label }: PlannedPrompt): object => ({
  prompt_id: promptId,
  prompt: {
    '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'film-xl.safetensors' } },
    '2': {
      class_type: 'KSampler',
      inputs: { model: ['1', 0], positive: ['1', 1], latent_image: ['1', 2], steps: 20, seed: 1 },
    },
    '3': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'scene' } },
  },
  extra_data: { simulate: end, ...(label ? { telemetry: label } : {}) },
})

async function post(server: ChaosServer, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  try {
    await fetch(server.url() + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
  } catch {
    // It is down: nobody heard.
  }
}
