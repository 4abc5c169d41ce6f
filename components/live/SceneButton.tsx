import { useState, type ReactElement } from 'react'
import type { RealtimeTelemetryUpdate } from '../../types'
import { sceneName } from '../../utils/format/sceneName'
import { SceneDialog } from './SceneDialog'

/** A live scene's name; opens everything that is known of it. */
export function SceneButton({ update }: { readonly update: RealtimeTelemetryUpdate }): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const { runId, sceneId } = update
  return (
    <>
      <button type="button" className="tele-link" onClick={() => setOpen(true)}>
        {sceneName(sceneId)}
        <span className="tele-unseen"> details</span>
      </button>
      {isOpen && runId !== undefined && (
        <SceneDialog runId={runId} sceneId={sceneId} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
