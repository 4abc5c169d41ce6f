import type { ReactElement } from 'react'
import { formatPercent } from '../../utils/comparison/formatRatio'
import { formatDuration } from '../../utils/format/formatDuration'
import { nodeTotals } from '../../utils/run/nodeTotals'
import type { RunTabProps } from './runTabProps'
import { SceneSelect } from './SceneSelect'

/** Where the time went: a bar for each type of node, of all scenes or of one. */
export function NodesTab({ run, view, onView }: RunTabProps): ReactElement {
  const { scene: _, ...ofAll } = view
  const scene = run.scenes.find(({ sceneId }) => sceneId === view.scene)
  const { nodes, missing, of } = nodeTotals(scene ? [scene] : run.scenes)
  const longest = nodes[0]?.ms ?? 0
  return (
    <div className="tele-nodes">
      <SceneSelect
        label="Nodes of"
        scenes={run.scenes}
        value={scene?.sceneId}
        all="all scenes"
        onScene={(sceneId) => onView(sceneId === undefined ? ofAll : { ...view, scene: sceneId })}
      />
      {missing > 0 && <p className="tele-muted">{missingSentence(missing, of)}</p>}
      {nodes.length > 0 && (
        <table>
          <caption>Execution time by node type, last attempts</caption>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col" aria-label="Bar" />
              <th scope="col" className="tele-number">
                Time
              </th>
              <th scope="col" className="tele-number">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(({ nodeType, ms, share }) => (
              <tr key={nodeType}>
                <th scope="row">{nodeType}</th>
                <td aria-hidden="true">
                  <span className="tele-node-bar" style={{ inlineSize: `${(ms / longest) * 100}%` }} />
                </td>
                <td className="tele-number">{formatDuration(ms)}</td>
                <td className="tele-number">{formatPercent(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function missingSentence(missing: number, of: number): string {
  if (missing < of) return `Node times missing for ${missing} of ${of} scenes.`
  return `Node times were not recorded${of === 1 ? ' for this scene' : ''}. A server with the telemetry node tells them.`
}
