/** The server's two clocks, ms: one says when and may be set, one says how long and never jumps. */
export interface Clock {
  wall(): number
  mono(): number
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  mono: () => Math.round(performance.now()),
}
