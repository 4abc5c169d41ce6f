/** The `source` of what was read from an artifact file: saved figures, whatever a connection says. */
export const ARTIFACT_SOURCE = 'artifact'
