import type { ReactElement } from 'react'
import type { RunStatus } from '../../types'
import { Glyph, type GlyphName } from '../ui/Glyph'

const GLYPHS: Readonly<Record<RunStatus, GlyphName>> = {
  running: 'executing',
  completed: 'completed',
  failed: 'failed',
  interrupted: 'interrupted',
}

/** How a run stands or ended: its shape and its word. */
export function RunStatusWord({ status }: { readonly status: RunStatus | undefined }): ReactElement {
  if (status === undefined) return <span className="tele-muted">not known</span>
  return (
    <span className={`tele-status tele-is-${GLYPHS[status]}`}>
      <Glyph name={GLYPHS[status]} />
      {status}
    </span>
  )
}
