/** A change of the columns is a new version: chunks of another are made anew from their runs. */
export const COLUMNS_VERSION = 2
/** Runs in a chunk. Few enough that remaking or rewriting one is cheap, many enough that a query, which walks all chunks, is too. */
export const CHUNK_RUNS = 512
