import type { ReactElement } from 'react'
import type { RealtimeTelemetryUpdate } from '../../types'
import { describeOutcome } from '../../utils/format/describeOutcome'
import { formatDuration } from '../../utils/format/formatDuration'
import { sceneName } from '../../utils/format/sceneName'
import { slowestNodes } from '../../utils/format/slowestNodes'
import { isSaved } from '../../utils/live/isSaved'
import { runHref, useLive, useRealtimeTelemetry } from '../../utils/hooks'
import { OutputFiles } from '../outputs/OutputFiles'
import { TelemetryBadges } from '../TelemetryBadges'
import { Dialog } from '../ui/Dialog'

interface SceneDialogProps {
  readonly runId: string
  readonly sceneId: string
  readonly onClose: () => void
}

/** Everything that is known of a live scene: its figures, its error in full, where its time went. */
export function SceneDialog({ runId, sceneId, onClose }: SceneDialogProps): ReactElement {
  const { telemetry, isStreaming, lastUpdate, connection } = useRealtimeTelemetry({ runId, sceneId })
  const source = useLive((state) => state.server?.name)
  return (
    <Dialog title={sceneName(sceneId)} onClose={onClose}>
      <TelemetryBadges
        title="Figures"
        realtimeTelemetry={telemetry}
        isStreaming={isStreaming}
        lastUpdate={lastUpdate}
        connection={connection}
        {...(source === undefined ? {} : { source })}
      />
      <OutputFiles files={telemetry?.outputs} source={telemetry?.source} />
      {telemetry && <Outcome update={telemetry} />}
      {telemetry && <Nodes update={telemetry} />}
      {!(telemetry && isSaved(telemetry)) && (
        <p>
          <a href={runHref(runId, sceneId)} onClick={onClose}>
            Its attempts in the history
          </a>
        </p>
      )}
    </Dialog>
  )
}

function Outcome({ update }: { readonly update: RealtimeTelemetryUpdate }): ReactElement | null {
  const { error, policy, exitReason } = update
  const why = describeOutcome({ reason: exitReason, error, policy })
  if (why === undefined) return null
  return (
    <section>
      <h3>What happened</h3>
      <p>{why}</p>
      {error && (
        <pre className="tele-error">
          {error.type}: {error.message}
        </pre>
      )}
    </section>
  )
}

function Nodes({ update }: { readonly update: RealtimeTelemetryUpdate }): ReactElement | null {
  const slowest = slowestNodes(update.nodeTimes ?? [], 8)
  if (slowest.length === 0) return null
  return (
    <section>
      <h3>Slowest nodes</h3>
      <dl className="tele-node-times">
        {slowest.map(({ nodeId, nodeType, ms }) => (
          <div key={nodeId}>
            <dt>{nodeType}</dt>
            <dd className="tele-figure">{formatDuration(ms)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
