import { ARTIFACT_SOURCE } from '../../services/payload/artifactSource'
import type { RealtimeTelemetryUpdate } from '../../types'

/** Whether a scene's figures come from a file and not from a stream. */
export const isSaved = ({ source }: RealtimeTelemetryUpdate): boolean => source === ARTIFACT_SOURCE
