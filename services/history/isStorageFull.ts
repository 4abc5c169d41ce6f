/** Whether it was for want of room; the name is what is left of an error on its way out of a worker. */
export const isStorageFull = (error: unknown): boolean =>
  error instanceof Error && error.name === 'QuotaExceededError'
