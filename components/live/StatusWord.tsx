import type { ReactElement } from 'react'
import type { SceneMark } from '../../utils/format/describeOutcome'
import { Glyph } from '../ui/Glyph'

/** A status: its shape and its one word. */
export function StatusWord(props: { readonly mark: SceneMark }): ReactElement {
  return (
    <span className={`tele-status tele-is-${props.mark}`}>
      <Glyph name={props.mark} />
      {props.mark}
    </span>
  )
}
