import type { ReactElement } from 'react'
import type { RunStatus } from '../../types'
import { failuresWord, type SceneCounts } from '../../utils/run/sceneCounts'
import { Glyph, type GlyphName } from '../ui/Glyph'

const GLYPHS: Readonly<Record<RunStatus, GlyphName>> = {
  running: 'executing',
  completed: 'completed',
  failed: 'failed',
  interrupted: 'interrupted',
}

/** How a run stands or ended: its shape and its word. One that came to its end with scenes that failed says how many. */
export function RunStatusWord(props: {
  readonly status: RunStatus | undefined
  readonly counts: SceneCounts
}): ReactElement {
  const { status, counts } = props
  const failures = status === undefined || status === 'completed' ? failuresWord(counts) : undefined
  if (failures !== undefined) return <Mark glyph={counts.failed > 0 ? 'failed' : 'timeout'} word={failures} />
  if (status === undefined) return <span className="tele-muted">not known</span>
  return <Mark glyph={GLYPHS[status]} word={status} />
}

const Mark = ({ glyph, word }: { readonly glyph: GlyphName; readonly word: string }): ReactElement => (
  <span className={`tele-status tele-is-${glyph}`}>
    <Glyph name={glyph} />
    <span className="tele-status-word">{word}</span>
  </span>
)
