import type { ReactElement } from 'react'
import { useAnnouncements, useToastState } from '../../utils/hooks'

/** The one place from which screen readers are told what happened: scenes and connection, and what was done on the page. */
export function LiveRegion(): ReactElement {
  const sentence = useAnnouncements()
  const { said } = useToastState()
  return (
    <p className="tele-unseen" role="status" aria-live="polite" aria-atomic="false">
      <span>{sentence}</span> <span>{said}</span>
    </p>
  )
}
