/** How many times as fast a plan is played: more, and a busy machine's pauses would be a server's silences. */
export const TIME_FACTOR = 10
