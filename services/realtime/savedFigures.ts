import type { LiveModel } from './liveModel'

/** What a page shows while no server has ever answered: the run of its artifact file. */
export interface SavedFigures {
  /**
   * Shows the page's artifact file; answers when it was loaded, undefined where there is none. The file is asked for once until
   * `clear`. Never rejects.
   */
  show(signal: AbortSignal): Promise<number | undefined>
  /** A server answers: what it tells takes over. */
  clear(): void
}

/** Nothing of it reaches the recorder. */
export function createSavedFigures(
  model: LiveModel,
  world: { readonly origin: string; readonly fetch: typeof fetch; readonly now: () => number },
): SavedFigures {
  let shown: { readonly runId: string; readonly loadedAt: number } | undefined
  let isAsked = false
  return {
    async show(signal) {
      // Whatever was heard of a server is nearer to the truth than a file.
      if (isAsked || model.lastUpdate() !== undefined || model.server()) return shown?.loadedAt
      // Where its code can't be had the file, which is of the same server, could not either; both are tried again.
      const part = await import('./showArtifact').catch(() => undefined)
      const runId = await part?.showArtifact(model, world.origin, world.fetch, signal)
      if (signal.aborted) return undefined
      isAsked = part !== undefined
      if (runId === undefined) return undefined
      shown = { runId, loadedAt: world.now() }
      return shown.loadedAt
    },
    clear() {
      isAsked = false
      if (shown) model.forgetRun(shown.runId)
      shown = undefined
    },
  }
}
