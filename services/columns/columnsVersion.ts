/** A change of the columns is a new version: chunks of another are made anew from their runs. */
export const COLUMNS_VERSION = 2
/** Runs a chunk: a save rewrites one chunk, so it is small; a query walks them all, so it is not too small. */
export const CHUNK_RUNS = 512
