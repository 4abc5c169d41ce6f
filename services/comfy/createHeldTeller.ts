import type { Teller } from './createTeller'

/** Tells of a run, once it is one: of what the server takes nothing, nothing is told. */
export interface HeldTeller {
  /** Keeps the message until `release`, or tells it at once where that was before; as `Teller.tell`. */
  tell: Teller['tell']
  /** The server has taken a prompt: what was kept is told, in its order. */
  release(): Promise<void>
  isHeld(): boolean
}

/** `isHeld` is whether anything is to be kept at all: a run that goes on was told before. */
export function createHeldTeller(teller: Pick<Teller, 'tell'>, isHeld: boolean): HeldTeller {
  let kept: Parameters<Teller['tell']>[0][] | undefined = isHeld ? [] : undefined
  return {
    async tell(message) {
      if (kept) kept.push(message)
      else await teller.tell(message)
    },
    async release() {
      const due = kept ?? []
      kept = undefined
      for (const message of due) await teller.tell(message)
    },
    isHeld: () => kept !== undefined,
  }
}
