import type { ReactElement } from 'react'

/** A value that isn't known: said, never 0. */
export function NotMeasured(): ReactElement {
  return <span className="tele-muted">not measured</span>
}
