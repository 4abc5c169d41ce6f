import type { StockPrompt } from '../wire/stockPrompts'

/** Prompts that one side has shown and the other may still: they are told a little later. */
export interface HeldPrompts {
  /**
   * Of prompts without labels that were just seen, those that wait a little longer: a host that queues by itself says right after
   * whose they are.
   */
  hold(unlabelled: readonly StockPrompt[], at: number): ReadonlySet<string>
  /** The queuing side says that it queued this. */
  announce(promptId: string, at: number): void
  announced(): readonly string[]
  /** When it was queued, by who did. */
  queuedAt(promptId: string): number | undefined
  /** After a look: what it showed is announced no more, and neither is what two looks did not show, which is answered. */
  settle(shown: ReadonlySet<string>): readonly string[]
  isHolding(): boolean
}

const GRACE_MS = 1_000
/** A look that has begun before the prompt was queued does not show it. */
const LOOKS = 2
const MAX_ANNOUNCED = 1_000

/** Holds what is unlabelled for a second, and 1,000 announced prompts at most. */
export function createHeldPrompts(): HeldPrompts {
  let since = new Map<string, number>()
  const announced = new Map<string, { readonly at: number; looks: number }>()
  return {
    hold(unlabelled, at) {
      since = new Map(
        unlabelled
          .map(({ promptId }) => [promptId, since.get(promptId) ?? at] as const)
          .filter(([, first]) => at - first < GRACE_MS),
      )
      return new Set(since.keys())
    },
    announce(promptId, at) {
      if (announced.size < MAX_ANNOUNCED) announced.set(promptId, { at, looks: 0 })
    },
    announced: () => [...announced.keys()],
    queuedAt: (promptId) => announced.get(promptId)?.at,
    settle(shown) {
      const given = [...announced].filter(
        ([promptId, entry]) => !shown.has(promptId) && ++entry.looks >= LOOKS,
      )
      for (const promptId of [...shown, ...given.map(([id]) => id)]) announced.delete(promptId)
      return given.map(([promptId]) => promptId)
    },
    isHolding: () => since.size > 0 || announced.size > 0,
  }
}
