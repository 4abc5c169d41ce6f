/** The host's files, in our words and back. */
export { parseArtifact } from './payload/parseArtifact'
export { artifactToRun } from './payload/artifactToRun'
export { toQueueConfig, toQueuePolicy } from './payload/queuePolicy'
