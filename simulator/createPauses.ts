/** The pauses of something that may be ended from outside in the middle of one. */
export interface Pauses<Reason> {
  /** Resolves after `ms`, or as soon as it is ended; never by itself where `ms` is Infinity. One at a time. */
  wait(ms: number): Promise<void>
  end(reason: Reason): void
  /** Why it was ended; undefined while it was not. */
  ended(): Reason | undefined
}

/** `pace` multiplies all times. */
export function createPauses<Reason>(pace: number): Pauses<Reason> {
  let ended: Reason | undefined
  let wake = (): void => undefined
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = ms === Infinity ? undefined : setTimeout(resolve, ms * pace)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    end(reason) {
      ended = reason
      wake()
    },
    ended: () => ended,
  }
}
