import type { ComfyUIService, GenerateHandle, HistoricalRun, HostReporter } from '../../types'
import { fromResult } from '../comfy/generateError'
import { createId } from '../shared/createId'
import type { QueueCalls } from './servicePort'

/** With what the page needs besides: to stop a run without the handle that began it. */
export interface PageQueue extends ComfyUIService {
  stopRun(runId: string): Promise<void>
}

/** `ComfyUIService` and `HostReporter` as the page has them, over services that may live on another thread. */
export function createQueueFacade(calls: Promise<QueueCalls>): {
  readonly comfy: PageQueue
  readonly reporter: HostReporter
} {
  const handle = (runId: string, finished: Promise<HistoricalRun>): GenerateHandle => {
    // Who doesn't wait for it is told by the page.
    finished.catch(() => undefined)
    return {
      runId,
      finished,
      stop: () => void calls.then((services) => services.stopRun(runId)).catch(() => undefined),
    }
  }
  const report = <M extends keyof HostReporter>(method: M, ...args: Parameters<HostReporter[M]>): void =>
    void calls.then((services) => services.report(method, args)).catch(() => undefined)

  return {
    comfy: {
      probe: async () => (await calls).probe(),
      systemStats: async () => (await calls).systemStats(),
      validate: async (request) => (await calls).validate(request),
      generate(request) {
        const runId = `run-${createId()}`
        return handle(runId, fromResult(calls.then((services) => services.generate(runId, request))))
      },
      retryFailed: async (runId) => handle(runId, fromResult((await calls).retryFailed(runId))),
      resume: async (runId) => handle(runId, fromResult((await calls).resume(runId))),
      unfinished: async () => (await calls).unfinished(),
      discard: async (runId) => (await calls).discard(runId),
      stopRun: async (runId) => (await calls).stopRun(runId),
      interrupt: async (promptId) => (await calls).interrupt(promptId),
    },
    reporter: {
      beginRun: (run) => report('beginRun', run),
      queued: (scene) => report('queued', scene),
      outcome: (scene) => report('outcome', scene),
      endRun: (runId, event) => report('endRun', runId, event),
    },
  }
}
