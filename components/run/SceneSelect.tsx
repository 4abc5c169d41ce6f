import type { ReactElement } from 'react'
import type { HistoricalSceneMetrics } from '../../types'
import { sceneName } from '../../utils/format/sceneName'

/** Chooses a scene of a run, or all of them where `all` names that choice. */
export function SceneSelect(props: {
  readonly label: string
  readonly scenes: readonly HistoricalSceneMetrics[]
  readonly value: string | undefined
  readonly all?: string
  readonly onScene: (sceneId: string | undefined) => void
}): ReactElement {
  const { label, scenes, value, all, onScene } = props
  return (
    <label className="tele-scene-select">
      {label}{' '}
      <select value={value ?? ''} onChange={(event) => onScene(event.target.value || undefined)}>
        {all !== undefined && <option value="">{all}</option>}
        {scenes.map(({ sceneId, status }) => (
          <option key={sceneId} value={sceneId}>
            {sceneName(sceneId)}
            {status === 'success' ? '' : `, ${status}`}
          </option>
        ))}
      </select>
    </label>
  )
}
