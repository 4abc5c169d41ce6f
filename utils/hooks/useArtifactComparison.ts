import { useCallback, useState } from 'react'
import type { ArtifactMetadata, RunComparison } from '../../types'
import { reasonOf } from '../format/reasonOf'
import { NEWEST_FIRST } from '../history/runColumns'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRevision'

/** So many of the newest earlier runs are looked through for ones like it. */
const MAX_LOOKED_AT = 200

/**
 * An artifact file as a run against the history; nothing is saved until `save`, which merges it into the history. `isSaved`:
 * the history has the run already.
 */
export function useArtifactComparison(artifact: ArtifactMetadata | undefined): {
  readonly value: RunComparison | undefined
  readonly isSaved: boolean
  readonly error: string | null
  save(): void
} {
  const { history } = useTelemetry()
  const revision = useRevision()
  const [problem, setProblem] = useState<string | null>(null)
  const ask = useCallback(async () => {
    void revision
    if (!artifact) return undefined
    const { artifactToRun, compareRuns } = await loadParts()
    const run = artifactToRun(artifact)
    const isSaved = (await history.getRun(run.runId)) !== undefined
    if (isSaved) return { comparison: await history.compare(run.runId), isSaved }
    const filter = { dateRange: { to: run.timestamp } }
    const { runs } = await history.queryRuns({ filter, sort: NEWEST_FIRST, limit: MAX_LOOKED_AT })
    const earlier = await history.getRuns(runs.map(({ runId }) => runId))
    return { comparison: compareRuns(run, earlier, 'baseline'), isSaved }
  }, [history, artifact, revision])
  const { value, error } = useAsync(ask)
  const save = useCallback(() => {
    if (!artifact) return
    setProblem(null)
    loadParts()
      .then(({ artifactToRun }) => history.saveRun(artifactToRun(artifact)))
      .catch((cause: unknown) => setProblem(reasonOf(cause, 'It could not be saved. Try again.')))
  }, [history, artifact])
  return { value: value?.comparison, isSaved: value?.isSaved ?? false, error: problem ?? error, save }
}

/** Loaded where it is wanted: most hosts never compare a file. */
async function loadParts() {
  const [{ artifactToRun }, { compareRuns }] = await Promise.all([
    import('../../services/payloadService'),
    import('../../services/comparison/compareRuns'),
  ])
  return { artifactToRun, compareRuns }
}
