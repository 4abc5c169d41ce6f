/** What an error says, else `otherwise`: a sentence. */
export const reasonOf = (error: unknown, otherwise: string): string =>
  error instanceof Error ? error.message : otherwise
