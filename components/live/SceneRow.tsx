import type { ReactElement } from 'react'
import { describeOutcome, markOf } from '../../utils/format/describeOutcome'
import { formatDuration } from '../../utils/format/formatDuration'
import { isSaved } from '../../utils/live/isSaved'
import { isUnheard } from '../../utils/live/unheardSince'
import { useLive, useScene } from '../../utils/hooks'
import { SceneButton } from './SceneButton'
import { StatusWord } from './StatusWord'
import './SceneRow.css'

/** A live scene as one line, where there is no room for cards. */
export function SceneRow({ sceneKey }: { readonly sceneKey: string }): ReactElement | null {
  const { update } = useScene(sceneKey)
  const isPast = useLive(isUnheard)
  if (!update) return null
  const why = describeOutcome({ reason: update.exitReason, error: update.error, policy: update.policy })
  return (
    <li className="tele-scene-row">
      <span className="tele-scene-row-id">
        <SceneButton update={update} />
        {isSaved(update) && <span className="tele-muted"> Saved</span>}
      </span>
      <StatusWord mark={markOf(update.status, update.exitReason)} isUnheard={isPast} />
      <span className="tele-figure">
        {update.status === 'queued' || update.duration === undefined ? '' : formatDuration(update.duration)}
      </span>
      {why !== undefined && <span className="tele-scene-row-why">{why}</span>}
    </li>
  )
}
