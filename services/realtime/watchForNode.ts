import { probeServer } from './probeServer'

/** Whom is asked. */
export interface NodeWatchWorld {
  readonly base: string
  readonly fetch: typeof fetch
  /** Of the page, for the words of a refusal. */
  readonly origin: string
}

/** Looks at leisure whether the telemetry node has come, and calls back once; returns its undo. */
export function watchForNode(world: NodeWatchWorld, everyMs: number, onNode: () => void): () => void {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (): void => {
    timer = setTimeout(() => void look(), everyMs)
  }
  const look = async (): Promise<void> => {
    const probe = await probeServer(world.base, world.fetch, world.origin, controller.signal)
    if (controller.signal.aborted) return
    if (probe.kind === 'node') onNode()
    else wait()
  }
  wait()
  return () => {
    controller.abort()
    clearTimeout(timer)
  }
}
