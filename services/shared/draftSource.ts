/** The `source` of runs of the host's draft database: their figures are placeholders, no measurements (docs/files.md, "The host's draft"). */
export const DRAFT_SOURCE = 'gemdirect1-draft'
