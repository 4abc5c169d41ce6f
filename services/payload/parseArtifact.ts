import type { ArtifactMetadata, Result } from '../../types'
import { artifactSchema } from '../wire/artifact'
import { parseBoundedJson } from '../wire/boundedJson'
import { parseWith } from '../wire/parse'

/** A night's run with all its prompts is far below it. */
const BOUNDS = { maxChars: 32 * 2 ** 20, maxDepth: 64 }

/**
 * Reads an artifact file (docs/files.md, "The host's artifact file"). What can't be read is refused whole, in a sentence that names
 * the path, what was expected and what stands there. Never throws, whatever the text is.
 */
export function parseArtifact(text: string): Result<ArtifactMetadata, string> {
  const json = parseBoundedJson(text, BOUNDS)
  return json.ok ? parseWith(artifactSchema, json.value) : json
}
