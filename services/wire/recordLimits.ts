/** The most scenes of a run. These bounds are far above what a night makes; a file that is beyond them is no file of ours. */
export const MAX_SCENES = 10_000
/** The most attempts of a scene. */
export const MAX_ATTEMPTS = 1_000
/** The most fallback notes of a scene. */
export const MAX_FALLBACK_NOTES = 1_000
