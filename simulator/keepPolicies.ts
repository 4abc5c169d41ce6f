import type { Engine } from './createEngine'
import type { SimulatedNode } from './createNode'
import { isRecord } from './isRecord'
import type { SimulatedPrompt } from './simulatedPrompt'

/** What a prompt asked the node to keep. */
interface Kept {
  readonly runId: string
  readonly sceneId: string
  readonly maxWaitMs: number
}

/**
 * The node's side of `keepPolicy`: interrupts a prompt at its own max wait, tab or no tab, its outcome told first. The wait counts
 * from when it was queued, or from when nothing of its run was before it. Returns its undo.
 */
export function keepPolicies(engine: Engine, node: SimulatedNode): () => void {
  const lastEnds = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const check = (): void => {
    clearTimeout(timer)
    let next = Infinity
    for (const { prompt, kept, dueAt } of dueOf([...engine.running.values(), ...engine.waiting], lastEnds)) {
      if (dueAt > Date.now()) {
        next = Math.min(next, dueAt)
        continue
      }
      const { promptId } = prompt
      node.hear({
        type: 'outcome',
        promptId,
        runId: kept.runId,
        sceneId: kept.sceneId,
        exitReason: 'maxWait',
      })
      engine.remove([promptId])
      engine.interrupt(promptId)
    }
    if (next < Infinity) timer = setTimeout(check, Math.max(1, next - Date.now()))
  }
  const unsubscribe = engine.subscribe((event) => {
    if (event.type === 'ended') {
      const kept = keptOf(event.prompt)
      if (kept) lastEnds.set(kept.runId, event.prompt.endedAt)
    }
    if (event.type === 'queued' || event.type === 'ended') queueMicrotask(check)
  })
  return () => {
    clearTimeout(timer)
    unsubscribe()
  }
}

/** The first prompt of each run, in the queue's order, and when its wait is over. */
function dueOf(open: readonly SimulatedPrompt[], lastEnds: ReadonlyMap<string, number>) {
  const seen = new Set<string>()
  return open.flatMap((prompt) => {
    const kept = keptOf(prompt)
    if (!kept || seen.has(kept.runId)) return []
    seen.add(kept.runId)
    const since = Math.max(prompt.queuedAt, lastEnds.get(kept.runId) ?? 0)
    return { prompt, kept, dueAt: since + kept.maxWaitMs }
  })
}

function keptOf({ extraData: { telemetry } }: SimulatedPrompt): Kept | undefined {
  if (!isRecord(telemetry) || telemetry.keepPolicy !== true || !isRecord(telemetry.policy)) return undefined
  const seconds = Number(telemetry.policy.maxWaitSeconds)
  if (!(seconds > 0)) return undefined
  return { runId: String(telemetry.runId), sceneId: String(telemetry.sceneId), maxWaitMs: seconds * 1_000 }
}
