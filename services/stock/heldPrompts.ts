import type { StockPrompt } from '../wire/stockPrompts'

/** Prompts without labels that are not told yet: a host that queues by itself says right after whose they are. */
export interface HeldPrompts {
  /** Of the prompts that were just seen, those that wait a little longer. */
  hold(unlabelled: readonly StockPrompt[], at: number): ReadonlySet<string>
  isHolding(): boolean
}

const GRACE_MS = 1_000

export function createHeldPrompts(): HeldPrompts {
  let since = new Map<string, number>()
  return {
    hold(unlabelled, at) {
      since = new Map(
        unlabelled
          .map(({ promptId }) => [promptId, since.get(promptId) ?? at] as const)
          .filter(([, first]) => at - first < GRACE_MS),
      )
      return new Set(since.keys())
    },
    isHolding: () => since.size > 0,
  }
}
