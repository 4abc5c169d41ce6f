import type { ReactElement } from 'react'
import { roomSentence } from '../../utils/history/findRoom'
import { keepHref } from '../../utils/history/retentionRules'
import { useRoom } from '../../utils/hooks'

/** Where storage is full: how much more is needed, if that is known, what deleting the oldest runs frees, and the way there. */
export function RoomOffer({ missing }: { readonly missing?: number | undefined }): ReactElement | null {
  const { value } = useRoom(missing)
  if (!value) return null
  return (
    <p className="tele-actions">
      <span>{roomSentence(value, missing)}</span>
      {value.room && (
        <a className="tele-button" href={keepHref(value.room.keep)}>
          Delete the oldest…
        </a>
      )}
    </p>
  )
}
