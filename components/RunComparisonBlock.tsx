import type { ReactElement } from 'react'
import type { ArtifactMetadata, RunComparison } from '../types'
import { useArtifactComparison, useIsSimulated } from '../utils/hooks'
import { HistoricalTelemetryCard } from './HistoricalTelemetryCard'
import './RunComparisonBlock.css'

export interface RunComparisonBlockProps {
  /** The file's run against the history; undefined while it is not known. */
  readonly value: RunComparison | undefined
  /** Whether the history has the run. */
  readonly isSaved: boolean
  readonly error?: string | null
  readonly onSave?: () => void
  readonly onOpenRun?: (runId: string) => void
  readonly title?: string
  readonly isSimulated?: boolean
}

/** An artifact's run beside the history, for the host's artifact viewer. It is saved when somebody says so, and not before. */
export function RunComparisonBlock(props: RunComparisonBlockProps): ReactElement {
  const { isSaved, onSave, title = 'This file against the history', error, ...card } = props
  return (
    <div className="tele tele-comparison-block">
      <HistoricalTelemetryCard {...card} title={title} error={error ?? null} />
      <p className="tele-comparison-saved">
        {isSaved ? (
          <span className="tele-muted">This run is in the history.</span>
        ) : (
          <>
            <span className="tele-muted">This run is not in the history; it is compared, not kept.</span>
            {onSave && (
              <button type="button" className="tele-button" disabled={!props.value} onClick={onSave}>
                Save to the history
              </button>
            )}
          </>
        )}
      </p>
      {error && props.value && <p role="alert">{error}</p>}
    </div>
  )
}
/** Hosts import it either way. @public */
export default RunComparisonBlock

/** The same of an artifact file. */
export function ConnectedRunComparisonBlock(
  props: { readonly artifact: ArtifactMetadata | undefined } & Pick<
    RunComparisonBlockProps,
    'title' | 'onOpenRun'
  >,
): ReactElement {
  const { artifact, ...rest } = props
  const { value, isSaved, error, save } = useArtifactComparison(artifact)
  return (
    <RunComparisonBlock
      {...rest}
      value={value}
      isSaved={isSaved}
      error={error}
      onSave={save}
      isSimulated={useIsSimulated()}
    />
  )
}
