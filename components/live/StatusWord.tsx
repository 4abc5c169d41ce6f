import type { ReactElement } from 'react'
import type { SceneMark } from '../../utils/format/describeOutcome'
import { Glyph, type GlyphName } from '../ui/Glyph'

/** A status: its shape and its one word. */
export function StatusWord(props: {
  readonly mark: SceneMark
  /** The server is not heard: whether it still executes nobody knows. */
  readonly isUnheard?: boolean
}): ReactElement {
  const { mark, isUnheard = false } = props
  const glyph = glyphOf(mark, isUnheard)
  return (
    <span className={`tele-status tele-is-${glyph}`}>
      <Glyph name={glyph} />
      {statusWord(mark, isUnheard)}
    </span>
  )
}

/** What executed when the server was heard last is not said to execute. */
export const statusWord = (mark: SceneMark, isUnheard: boolean): string =>
  isUnheard && mark === 'executing' ? 'was executing' : mark

export const glyphOf = (mark: SceneMark, isUnheard: boolean): GlyphName =>
  isUnheard && mark === 'executing' ? 'stale' : mark
