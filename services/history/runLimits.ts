/** How long what people write about a run may be, in characters, and how many tags a run may have. More is refused. */
export const RUN_LIMITS = { runName: 200, tags: 50, tag: 80, notes: 20_000 } as const
