/** The `source` of runs of the host's draft database: their figures are placeholders, no measurements (host-facts.md). */
export const DRAFT_SOURCE = 'gemdirect1-draft'
