/** What time it is at a server that does not tell: times by its clock, epoch ms. */
export interface ServerClock {
  /** The server sent this time just now. */
  hear(timestamp: number, receivedAt: number): void
  /** The server had this time at the latest when it was read. */
  hearPast(timestamp: number, receivedAt: number): void
  /** Receive − server's clock, ms. */
  offset(): number
  /** A local time, as the server would have it. */
  at(local: number): number
}

/**
 * The least of (receive − timestamp) of what was sent as it happened; before that no more than that the server's past can't be
 * ahead of now.
 */
export function createServerClock(): ServerClock {
  let live: number | undefined
  let bound = 0
  const offset = (): number => live ?? bound
  return {
    hear(timestamp, receivedAt) {
      live = Math.min(live ?? Infinity, receivedAt - timestamp)
    },
    hearPast(timestamp, receivedAt) {
      bound = Math.min(bound, receivedAt - timestamp)
    },
    offset,
    at: (local) => local - offset(),
  }
}
